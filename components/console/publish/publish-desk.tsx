"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useSigningSession } from "#components/console/keys/signing-session.tsx";
import { ChosenFile } from "#components/console/publish/chosen-file.tsx";
import { CommandPanel } from "#components/console/publish/command-panel.tsx";
import { DropZone } from "#components/console/publish/drop-zone.tsx";
import { PublisherChoice } from "#components/console/publish/publisher-choice.tsx";
import type { PublisherOption } from "#components/console/publish/publisher-choice.tsx";
import { reasonNotReady } from "#components/console/publish/reason-not-ready.ts";
import { SendingState } from "#components/console/publish/sending-state.tsx";
import { SignatureChoice } from "#components/console/publish/signature-choice.tsx";
import type { SignatureMode } from "#components/console/publish/signature-choice.tsx";
import type { ChosenSignature } from "#components/console/publish/signature-file.tsx";
import { Step } from "#components/console/publish/step.tsx";
import { useChosenUpload } from "#components/console/publish/use-chosen-upload.ts";
import { usePublisherOptions } from "#components/console/publish/use-publisher-options.ts";
import { usePublishing } from "#components/console/publish/use-publishing.ts";
import type { SignatureChoice as Signature } from "#components/console/publish/use-publishing.ts";
import { ValidationResult } from "#components/console/publish/validation-result.tsx";

interface PublishDeskProps {
  publishers: readonly PublisherOption[];
  /** Preselected by the address, when it names one of them. */
  preferred: string | null;
  /** the person's own address, which a key that is made here carries */
  email: string;
}

/** From a file to an open submission, on one page. */
export function PublishDesk({ publishers: known, preferred, email }: PublishDeskProps) {
  const { chosen, validation, refusal, choose, validateAgain, clear } = useChosenUpload();
  const { publishing, publish, stop, reset } = usePublishing();
  const { key } = useSigningSession();
  const { publishers, publisher, pick, add } = usePublisherOptions(known, preferred);
  const [mode, setMode] = useState<SignatureMode>("key");
  const [signature, setSignature] = useState<ChosenSignature | null>(null);

  const signing = signatureOf(mode, key, signature);
  const notReady = reasonNotReady({ validation, hasPublisher: publisher !== null, signing, mode });
  const busy = publishing.phase !== "idle" && publishing.phase !== "failed";

  const startOver = () => {
    clear();
    reset();
    setSignature(null);
  };
  const send = () => {
    if (chosen !== null && publisher !== null && signing !== null) void publish(chosen, publisher.slug, signing);
  };

  return (
    <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-8">
        <Step number={1} title="File">
          {chosen === null ? <DropZone onFile={choose} refusal={refusal} /> : <ChosenFile chosen={chosen} onClear={startOver} disabled={busy} />}
          {chosen === null ? null : <ValidationResult chosen={chosen} validation={validation} onRetry={validateAgain} />}
        </Step>
        <Step number={2} title="Publisher" later={chosen === null}>
          <PublisherChoice publishers={publishers} value={publisher?.slug ?? null} onChange={pick} onCreated={add} />
        </Step>
        <Step number={3} title="Signature" later={chosen === null}>
          <SignatureChoice mode={mode} onModeChange={setMode} signature={signature} onSignatureChange={setSignature} fileName={chosen?.file.name ?? ""} publisher={publisher} email={email} />
        </Step>
        <Step number={4} title="Send" later={chosen === null}>
          <ProblemAlert problem={publishing.phase === "failed" ? publishing.problem : null} />
          <SendingState publishing={publishing} onStop={stop} />
          <div className="flex flex-wrap items-center gap-3">
            <Button variant="primary" size="lg" disabled={notReady !== null || busy} pending={busy} aria-describedby="publish-readiness" onClick={send}>
              Publish
            </Button>
            <p id="publish-readiness" role="status" className="text-13 text-grey-11">
              {notReady ?? (busy ? "" : "Opens a submission; nothing is installable before it is approved.")}
            </p>
          </div>
        </Step>
      </div>
      <CommandPanel publisher={publisher?.slug ?? null} file={chosen === null ? null : { name: chosen.file.name, kind: chosen.kind }} signatureName={mode === "file" ? (signature?.name ?? null) : null} />
    </div>
  );
}

function signatureOf(mode: SignatureMode, key: { privateKey: string; fingerprint: string } | null, file: ChosenSignature | null): Signature | null {
  if (mode === "unsigned") return { mode };
  if (mode === "file") return file === null ? null : { mode, ...file };
  return key === null ? null : { mode, privateKey: key.privateKey, fingerprint: key.fingerprint };
}
