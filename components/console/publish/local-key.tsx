"use client";

import { KeyRound, LockKeyhole } from "lucide-react";
import { useState } from "react";
import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { groupFingerprint } from "#components/console/describe-amount.ts";
import { FilePicker } from "#components/console/file-picker.tsx";
import { useKeyMaking } from "#components/console/keys/use-key-making.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { readPrivateKeyFile } from "#components/console/keys/read-private-key.ts";
import { useSigningSession } from "#components/console/keys/signing-session.tsx";
import type { SigningKey } from "#components/console/keys/signing-session.tsx";

interface LocalKeyProps {
  /** for whom a key can be made here; null while there is none */
  publisher: { slug: string; name: string } | null;
  email: string;
}

/** The private key that this page may sign with: held from before, made or loaded from a file now. It stays in this page. */
export function LocalKey({ publisher, email }: LocalKeyProps) {
  const { key, hold, forget } = useSigningSession();
  const [locked, setLocked] = useState<{ armored: string; fingerprint: string } | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  const open = async (armored: string, secret: string | null) => {
    setFault(null);
    try {
      const reading = await readPrivateKeyFile(armored, secret);
      if (reading.state === "locked") return setLocked({ armored, fingerprint: reading.fingerprint });
      setLocked(null);
      hold(reading.key);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };

  if (key !== null) return <HeldKey signingKey={key} onForget={forget} />;
  return (
    <div className="flex flex-col gap-3">
      {publisher === null ? null : <MakeKey key={publisher.slug} publisher={publisher} email={email} />}
      {locked === null ? null : <UnlockKey fingerprint={locked.fingerprint} onUnlock={(passphrase) => void open(locked.armored, passphrase)} />}
      <div className="flex flex-wrap items-center gap-3">
        <FilePicker label="Load a private key" accept=".asc,.key,.pgp,.txt" onFile={(file) => void file.text().then((text) => open(text, null))} />
        <span className="text-13 text-grey-11">Read by this page only, never uploaded, forgotten on reload.</span>
      </div>
      {fault === null ? null : (
        <p role="alert" className="text-red-ink">
          {fault}
        </p>
      )}
    </div>
  );
}

/** One press for whoever has no key yet: made here, saved to the disk, its public half registered. */
function MakeKey({ publisher, email }: { publisher: { slug: string; name: string }; email: string }) {
  const { making, make, registerAgain } = useKeyMaking(publisher.slug);
  const again = making.phase === "failed" && making.material !== null;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button pending={making.phase === "making" || making.phase === "registering"} onClick={() => void (again ? registerAgain() : make({ name: publisher.name, email }))} className="needs-script">
          {again ? "Register the public half again" : "Make a signing key"}
        </Button>
        <span className="text-13 text-grey-11">Made in this page and saved to your disk; only the public half, with {email} on it, is sent.</span>
      </div>
      {making.phase === "failed" ? <ProblemAlert problem={making.problem} /> : null}
    </div>
  );
}

function HeldKey({ signingKey, onForget }: { signingKey: SigningKey; onForget: () => void }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="flex min-w-0 gap-2">
        <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-grey-10" />
        <span className="min-w-0">
          {signingKey.userId}
          <code className="block text-13 break-words text-grey-11">{groupFingerprint(signingKey.fingerprint)}</code>
        </span>
      </p>
      <Button size="sm" onClick={onForget}>
        Forget this key
      </Button>
    </div>
  );
}

function UnlockKey({ fingerprint, onUnlock }: { fingerprint: string; onUnlock: (passphrase: string) => void }) {
  const [passphrase, setPassphrase] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onUnlock(passphrase);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <p className="flex gap-2 text-grey-11">
        <LockKeyhole aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          Key <code className="text-13 break-words">{groupFingerprint(fingerprint)}</code> has a passphrase.
        </span>
      </p>
      <TextField label="Passphrase" type="password" autoComplete="off" value={passphrase} onChange={(event) => setPassphrase(event.target.value)} required hint="Used in this page only." />
      <div>
        <Button type="submit">Unlock key</Button>
      </div>
    </form>
  );
}
