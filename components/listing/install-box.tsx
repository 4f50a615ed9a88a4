import { ChevronRight } from "lucide-react";
import type { VersionDetailView } from "#lib/catalog/schema.ts";
import { verifyCommands } from "#components/listing/verify-commands.ts";
import { Fingerprint } from "#components/trust/fingerprint.tsx";
import { buttonStyle } from "#components/ui/button-style.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";

/** Download and the one command that checks it; below them the digest with its picture, and the same check in plain tools. */
export function InstallBox({ version, origin }: { version: VersionDetailView; origin: string }) {
  return (
    <section aria-labelledby="install-title" className="flex flex-col gap-3 rounded-md border bg-panel p-4">
      <h2 id="install-title" className="text-14 font-semibold">
        Get {version.version}
      </h2>
      {/* A plain link: the router must not fetch the bytes ahead of a click. */}
      <a href={version.url} className={buttonStyle("secondary", "md")}>
        Download {version.fileName}
      </a>
      <CodeBlock code={`kos verify ${version.listing} --registry ${origin}`} wrap label="verify command" />
      <div className="flex items-center gap-3">
        <Fingerprint digest={version.checksum} />
        <dl className="flex min-w-0 flex-col text-13">
          <dt className="text-grey-11">sha256 of {version.version}</dt>
          <dd className="min-w-0">
            <CopyText value={version.checksum.replace(/^sha256:/, "")} label="sha256" head={8} tail={8} />
          </dd>
        </dl>
      </div>
      <details className="group">
        <summary className="flex items-center gap-1.5 rounded-sm text-13 text-grey-11 hover:text-grey-12">
          <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
          Verify it without us
        </summary>
        <ol className="mt-3 flex flex-col gap-3">
          {verifyCommands(version, origin).map((step) => (
            <li key={step.title} className="flex flex-col gap-1">
              <p className="text-13 font-medium">{step.title}</p>
              <CodeBlock code={step.command} wrap label={step.title.toLowerCase()} />
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
