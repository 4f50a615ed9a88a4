"use client";

import { ChoiceGroup } from "#components/console/choice-group.tsx";
import { LocalKey } from "#components/console/publish/local-key.tsx";
import { SignatureFile } from "#components/console/publish/signature-file.tsx";
import type { ChosenSignature } from "#components/console/publish/signature-file.tsx";

export type SignatureMode = "key" | "file" | "unsigned";

interface SignatureChoiceProps {
  mode: SignatureMode;
  onModeChange: (mode: SignatureMode) => void;
  signature: ChosenSignature | null;
  onSignatureChange: (signature: ChosenSignature | null) => void;
  fileName: string;
  /** for whom a key can be made in the page; null while there is none */
  publisher: { slug: string; name: string } | null;
  email: string;
}

/** Who vouches for the bytes, with the consequence of each way said before it is chosen. */
export function SignatureChoice({ mode, onModeChange, signature, onSignatureChange, fileName, publisher, email }: SignatureChoiceProps) {
  return (
    <ChoiceGroup<SignatureMode>
      legend="Signature"
      hideLegend
      value={mode}
      onChange={onModeChange}
      choices={[
        { value: "key", label: "Sign in this browser", meaning: "With your private key, here in the page. The key is never sent.", content: <LocalKey publisher={publisher} email={email} /> },
        {
          value: "file",
          label: "Attach a signature file",
          meaning: "You signed on your own machine; give the .asc or .sig file.",
          content: <SignatureFile signature={signature} fileName={fileName} onChange={onSignatureChange} />,
        },
        {
          value: "unsigned",
          label: "Publish unsigned",
          meaning: "The registry signs in your place and says so. The release stays unverified: hosts isolate it, and nobody can prove it came from you.",
        },
      ]}
    />
  );
}
