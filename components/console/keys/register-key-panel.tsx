"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FormEvent } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextareaField } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";
import { FilePicker } from "#components/console/file-picker.tsx";
import { registerCertificate } from "#components/console/keys/use-key-making.ts";

/** Registers a certificate that exists already, pasted or from a file. A private key is stopped here, before anything is sent. */
export function RegisterKeyPanel({ publisher }: { publisher: string }) {
  const router = useRouter();
  const [armored, setArmored] = useState("");
  const [registered, setRegistered] = useState(false);
  const isPrivate = armored.includes("PRIVATE KEY");
  const register = useAction(async () => {
    await registerCertificate(publisher, armored);
    setArmored("");
    setRegistered(true);
    router.refresh();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRegistered(false);
    if (!isPrivate) void register.run();
  };
  return (
    <Panel title="Register a certificate you have">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextareaField
          label="Public certificate or OpenSSH key"
          mono
          rows={6}
          spellCheck={false}
          value={armored}
          onChange={(event) => setArmored(event.target.value)}
          placeholder="-----BEGIN PGP PUBLIC KEY BLOCK----- or ssh-ed25519 AAAA…"
          required
          hint={<>From <code>gpg --armor --export FINGERPRINT</code>, or the one line of <code>id_ed25519.pub</code>. Ed25519, ECDSA on NIST curves (OpenSSH: P-256), or OpenPGP RSA of 3072 bits and more.</>}
          error={isPrivate ? "This is a private key. It was not sent: keep it, and paste the public certificate instead." : undefined}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" pending={register.busy} disabled={isPrivate}>
            Register certificate
          </Button>
          <FilePicker label="Choose a certificate file" accept=".asc,.pgp,.gpg,.pub,.txt,application/pgp-keys" onFile={(file) => void file.text().then(setArmored)} />
        </div>
        <ProblemAlert problem={register.problem} />
        {registered ? <Alert kind="success" live title="The certificate is registered" /> : null}
      </form>
    </Panel>
  );
}
