"use client";

import { FileKey } from "lucide-react";
import { useState } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { FilePicker } from "#components/console/file-picker.tsx";

export interface ChosenSignature {
  name: string;
  text: string;
}

interface SignatureFileProps {
  signature: ChosenSignature | null;
  fileName: string;
  onChange: (signature: ChosenSignature | null) => void;
}

/** A detached signature made elsewhere, with the command that makes the right kind. */
export function SignatureFile({ signature, fileName, onChange }: SignatureFileProps) {
  const [fault, setFault] = useState<string | null>(null);
  const take = async (file: File) => {
    const text = await file.text();
    if (text.includes("-----BEGIN PGP SIGNATURE-----")) {
      setFault(null);
      onChange({ name: file.name, text });
      return;
    }
    setFault(`“${file.name}” is no armored signature. Make one with the command above; it begins with “-----BEGIN PGP SIGNATURE-----”.`);
    onChange(null);
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <CodeBlock wrap label="signing command" code={`gpg --armor --detach-sign '${fileName}'`} />
      <div className="flex flex-wrap items-center gap-3">
        <FilePicker label="Choose a signature" accept=".asc,.sig,application/pgp-signature" onFile={(file) => void take(file)} />
        {signature === null ? null : (
          <span role="status" className="flex items-center gap-1.5 text-13">
            <FileKey aria-hidden className="size-4 text-grey-10" />
            {signature.name}
          </span>
        )}
      </div>
      {fault === null ? null : (
        <p role="alert" className="text-red-ink">
          {fault}
        </p>
      )}
    </div>
  );
}
