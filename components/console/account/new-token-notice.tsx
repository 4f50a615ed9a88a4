"use client";

import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import type { CreatedToken } from "#components/console/account/create-token-form.tsx";

/** The secret of a fresh token, shown this one time. */
export function NewTokenNotice({ created, onDone }: { created: CreatedToken; onDone: () => void }) {
  return (
    <Alert kind="success" live title={`Token “${created.item.name}” is made. Copy it now: it is not shown again.`} actions={<Button size="sm" onClick={onDone}>I have copied it</Button>}>
      <CodeBlock label="token" code={created.token} className="mt-2" />
    </Alert>
  );
}
