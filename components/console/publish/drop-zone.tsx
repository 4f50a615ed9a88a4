"use client";

import { FileUp } from "lucide-react";
import { useState } from "react";
import type { DragEvent } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";
import { FilePicker } from "#components/console/file-picker.tsx";

const ACCEPTED = ".zip,.tgz,.tar.gz,.yaml,.yml,application/zip,application/gzip";

/** Takes a file by drop or by the button inside it, which is the keyboard's way. */
export function DropZone({ onFile, refusal }: { onFile: (file: File) => void; refusal: string | null }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div
      role="group"
      aria-label="File to publish"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={joinClasses(
        "flex flex-col items-center gap-3 rounded-md border border-dashed px-4 py-10 text-center transition-colors",
        over ? "border-accent bg-accent-tint" : "border-grey-8 bg-panel",
      )}
    >
      <FileUp aria-hidden className="size-6 text-grey-10" />
      <p className="text-16 font-medium">Drop a package or a service file</p>
      <p className="max-w-prose text-grey-11">
        A <code className="text-13">.zip</code> or <code className="text-13">.tgz</code> with <code className="text-13">plugin.yaml</code> or <code className="text-13">service.yaml</code> at its root, up to 50 MiB; or one{" "}
        <code className="text-13">services.yaml</code>.
      </p>
      <FilePicker label="Choose a file" accept={ACCEPTED} onFile={onFile} />
      {refusal === null ? null : (
        <p role="alert" className="text-red-ink">
          {refusal}
        </p>
      )}
    </div>
  );
}
