"use client";

import { useEffect, useState } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";
import type { ReviewBundleView } from "#lib/submissions/schema.ts";
import { asProblem } from "#components/console/api/api-problem.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import { callApiForText } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { fileAddress } from "#components/console/submission/file-address.ts";

interface FileViewerProps {
  submissionId: string;
  file: ReviewBundleView["files"][number];
}

/** One file of a submission as text; of a binary only its size and checksum. */
export function FileViewer({ submissionId, file }: FileViewerProps) {
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    if (!file.text) return;
    const controller = new AbortController();
    callApiForText(fileAddress(submissionId, file.path), controller.signal)
      .then(setText)
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setProblem(asProblem(error));
      });
    return () => controller.abort();
  }, [submissionId, file]);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <CopyText label={`checksum of ${file.path}`} value={`sha256:${file.sha256}`} head={15} tail={6} />
      <ProblemAlert problem={problem} />
      {file.text ? (
        text === null ? problem === null ? <Loading /> : null : <CodeBlock title={file.path} label={file.path} lineNumbers code={text} />
      ) : (
        <p className="text-grey-11">A binary file. Compare its checksum with the one built from source.</p>
      )}
    </div>
  );
}

function Loading() {
  return (
    <SkeletonGroup label="Loading the file" className="flex flex-col gap-2 rounded-md border p-3">
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-4 w-1/3" />
    </SkeletonGroup>
  );
}
