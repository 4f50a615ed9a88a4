"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { ReviewBundleView } from "#lib/submissions/schema.ts";

/** The manifest as it was sent, with the lines of its findings marked, or as the registry understood it. */
export function ManifestTab({ bundle }: { bundle: ReviewBundleView }) {
  const [form, setForm] = useState<"raw" | "normalised">("raw");
  const manifestFile = bundle.submission.kind === "plugin" ? "plugin.yaml" : "service.yaml";
  const marked = bundle.submission.checks
    .flatMap((check) => check.findings)
    .flatMap((finding) => (finding.line !== null && (finding.file === null || finding.file.endsWith(".yaml")) ? [finding.line] : []));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div role="group" aria-label="Form of the manifest" className="flex gap-2">
        <Button size="sm" aria-pressed={form === "raw"} variant={form === "raw" ? "secondary" : "ghost"} onClick={() => setForm("raw")}>
          As sent
        </Button>
        <Button size="sm" aria-pressed={form === "normalised"} variant={form === "normalised" ? "secondary" : "ghost"} onClick={() => setForm("normalised")}>
          As understood
        </Button>
      </div>
      {form === "raw" ? (
        <CodeBlock title={manifestFile} label="manifest" lineNumbers marked={marked} code={bundle.manifestText} />
      ) : (
        <CodeBlock title="Normalised, as hosts read it" label="normalised manifest" code={JSON.stringify(bundle.manifest, null, 2)} />
      )}
    </div>
  );
}
