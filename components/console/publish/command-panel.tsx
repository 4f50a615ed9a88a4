"use client";

import { useSyncExternalStore } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Panel } from "#components/ui/panel.tsx";
import Link from "next/link";
import { equivalentCommands } from "#components/console/publish/equivalent-commands.ts";
import type { UploadKind } from "#components/console/publish/read-package.ts";

interface CommandPanelProps {
  publisher: string | null;
  file: { name: string; kind: UploadKind } | null;
  signatureName: string | null;
}

const NEVER_CHANGES = () => () => undefined;

/** The same publish as commands, kept in step with what is chosen on the page. */
export function CommandPanel({ publisher, file, signatureName }: CommandPanelProps) {
  const origin = useSyncExternalStore(NEVER_CHANGES, () => window.location.origin, () => "http://localhost:3000");
  const commands = equivalentCommands({ origin, publisher, fileName: file?.name ?? "package.zip", kind: file?.kind ?? "zip", signatureName });
  return (
    <Panel title="The same from a terminal">
      <div className="flex flex-col gap-4">
        <CodeBlock wrap title="kos" label="kos publish command" code={commands.kos} />
        <CodeBlock wrap title="curl" label="curl command" code={commands.curl} />
        <p className="text-13 text-grey-11">
          <code>kos</code> signs in through your browser when it has no token. <code>curl</code> needs one with the scope <code>publish</code>: <Link href="/tokens" className="link">make one</Link>.
        </p>
      </div>
    </Panel>
  );
}
