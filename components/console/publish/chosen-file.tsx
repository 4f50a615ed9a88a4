"use client";

import { FileArchive, FileText } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { describeBytes } from "#components/console/describe-amount.ts";
import type { ChosenUpload } from "#components/console/publish/use-chosen-upload.ts";

interface ChosenFileProps {
  chosen: ChosenUpload;
  onClear: () => void;
  disabled: boolean;
}

/** What was chosen, by name, size and checksum: the very bytes that a signature will cover. */
export function ChosenFile({ chosen, onClear, disabled }: ChosenFileProps) {
  const Icon = chosen.kind === "manifest" ? FileText : FileArchive;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md border bg-panel p-4">
      <Icon aria-hidden className="size-5 shrink-0 text-grey-10" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          {chosen.identity === null ? chosen.file.name : <><code>{chosen.identity.id}</code> {chosen.identity.version === null ? null : <code className="text-grey-11">{chosen.identity.version}</code>}</>}
        </p>
        <p className="flex flex-wrap items-center gap-x-3 text-13 text-grey-11">
          {chosen.identity === null ? null : <span className="break-all">{chosen.file.name}</span>}
          <span>{describeBytes(chosen.file.size)}</span>
          {chosen.sha256 === null ? null : <CopyText label="checksum" value={`sha256:${chosen.sha256}`} head={15} tail={6} />}
        </p>
      </div>
      <Button size="sm" onClick={onClear} disabled={disabled}>
        Choose another file
      </Button>
    </div>
  );
}
