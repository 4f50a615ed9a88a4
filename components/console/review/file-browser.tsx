"use client";

import { useState } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";
import type { ReviewBundleView } from "#lib/submissions/schema.ts";
import { describeBytes } from "#components/console/describe-amount.ts";
import { FileViewer } from "#components/console/review/file-viewer.tsx";

interface FileBrowserProps {
  submissionId: string;
  files: ReviewBundleView["files"];
}

/** The files of the package with the chosen one beside or below. */
export function FileBrowser({ submissionId, files }: FileBrowserProps) {
  const [path, setPath] = useState(() => files.find((file) => file.text)?.path ?? null);
  const shown = files.find((file) => file.path === path) ?? null;
  if (files.length === 0) return <p className="text-grey-11">A service file has no files besides its manifest.</p>;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ul aria-label="Files" className="max-h-60 divide-y overflow-y-auto rounded-md border">
        {files.map((file) => (
          <li key={file.path}>
            <button
              type="button"
              aria-pressed={file.path === path}
              onClick={() => setPath(file.path)}
              className={joinClasses(
                "flex w-full items-baseline justify-between gap-3 px-3 py-1.5 text-left text-13 focus-visible:-outline-offset-2",
                file.path === path ? "bg-grey-4 font-medium" : "hover:bg-grey-3",
              )}
            >
              <code className="min-w-0 break-all">{file.path}</code>
              <span className="shrink-0 font-mono text-12 text-grey-11 tabular-nums">
                {file.text ? "" : "binary, "}
                {describeBytes(file.size)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown === null ? null : <FileViewer key={shown.path} submissionId={submissionId} file={shown} />}
    </div>
  );
}
