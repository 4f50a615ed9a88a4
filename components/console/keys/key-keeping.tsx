"use client";

import { Download } from "lucide-react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { downloadText } from "#components/console/download-text.ts";
import { groupFingerprint } from "#components/console/describe-amount.ts";
import { PRIVATE_KEY_FILE, REVOCATION_FILE } from "#components/console/keys/use-key-making.ts";
import type { KeyMaterial } from "#components/console/keys/use-key-making.ts";

/** After making a key: what was saved, what each file is for, and the next step. */
export function KeyKeeping({ material, publisher }: { material: KeyMaterial; publisher: string }) {
  return (
    <div className="flex flex-col gap-4">
      <Alert kind="success" live title="The key is made and its public half is registered">
        <code className="text-13 break-words">{groupFingerprint(material.fingerprint)}</code>
      </Alert>
      <dl className="flex flex-col gap-3">
        <div>
          <dt className="font-mono text-13">{PRIVATE_KEY_FILE}</dt>
          <dd className="text-grey-11">The private half, saved by your browser just now. Anyone who has it can sign as you: move it to a password manager or an encrypted disk.</dd>
        </div>
        <div>
          <dt className="font-mono text-13">{REVOCATION_FILE}</dt>
          <dd className="text-grey-11">Tells the world that the key is no longer yours, if you ever lose it. Keep it apart from the key.</dd>
        </div>
      </dl>
      <p className="text-grey-11">This page keeps the private half in memory until you reload or close it, so that you can sign your next upload here. After that only your file has it.</p>
      <div className="flex flex-wrap gap-2">
        <LinkButton href={`/publish?publisher=${publisher}`} variant="primary">
          Publish something
        </LinkButton>
        <Button icon={<Download aria-hidden className="size-4" />} onClick={() => downloadText(PRIVATE_KEY_FILE, material.privateKey)}>
          Save the key again
        </Button>
        <Button icon={<Download aria-hidden className="size-4" />} onClick={() => downloadText(REVOCATION_FILE, material.revocationCertificate)}>
          Save the revocation certificate again
        </Button>
      </div>
    </div>
  );
}
