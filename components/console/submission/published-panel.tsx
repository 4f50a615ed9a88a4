"use client";

import { useSyncExternalStore } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { verifyCommands } from "#components/console/submission/verify-commands.ts";

const NEVER_CHANGES = () => () => undefined;

/** After publication: where it is now, and how to check it. */
export function PublishedPanel({ submission }: { submission: SubmissionDetailView }) {
  const origin = useSyncExternalStore(NEVER_CHANGES, () => window.location.origin, () => "http://localhost:3000");
  return (
    <Panel title="Published">
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-2">
          <LinkButton href={`/listings/${submission.listing}`} variant="primary">
            Open the listing
          </LinkButton>
          <LinkButton href="/api/feed.json" prefetch={false}>
            Look at the feed
          </LinkButton>
        </div>
        <CodeBlock wrap title="Check it yourself" label="verification commands" code={verifyCommands(submission, origin)} />
      </div>
    </Panel>
  );
}
