import type { UploadKind } from "#components/console/publish/read-package.ts";

interface PublishTarget {
  origin: string;
  publisher: string | null;
  fileName: string;
  kind: UploadKind;
  signatureName: string | null;
}

/** The same publish on a command line: with this project's own tool, and with curl alone. */
export function equivalentCommands(target: PublishTarget): { kos: string; curl: string } {
  const publisher = target.publisher ?? "PUBLISHER";
  const file = quote(target.fileName);
  const field = target.kind === "manifest" ? "manifest" : "package";
  const signature = target.signatureName === null ? "" : ` \\\n  -F signature=@${quote(target.signatureName)}`;
  return {
    kos: `npx kos publish ${file} \\\n  --publisher ${publisher} \\\n  --registry ${target.origin}`,
    curl:
      `curl \\\n  ${target.origin}/api/v1/publish \\\n  -H "Authorization: Bearer $KOS_TOKEN" \\\n` +
      `  -F publisher=${publisher} \\\n  -F ${field}=@${file}${signature}`,
  };
}

/** Quotes a file name for a POSIX shell when it holds anything but plain characters. */
function quote(name: string): string {
  return /^[\w.@%+=:,/-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}
