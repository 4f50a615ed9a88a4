import type { VersionDetailView } from "#lib/catalog/schema.ts";

interface VerifyStep {
  title: string;
  command: string;
}

/** Quotes for a POSIX shell; file names and addresses come from publishers. */
function quote(text: string): string {
  return /^[A-Za-z0-9_.:/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The commands with which anyone checks a version without this site's help: fetch, hash, signature. Addresses that
 * are paths are put on `origin`.
 */
export function verifyCommands(version: VersionDetailView, origin: string): readonly VerifyStep[] {
  const file = quote(version.fileName);
  const hex = version.checksum.replace(/^sha256:/, "");
  const signature = quote(`${version.fileName}.asc`);
  const api = `${origin}/api/v1/listings/${version.listing}/versions/${version.version}`;
  return [
    { title: "Download", command: `curl -fsSL -o ${file} ${shellUrl(version.url, origin)}` },
    { title: "Check the bytes", command: `echo ${quote(`${hex}  ${version.fileName}`)} | sha256sum --check` },
    {
      title: version.signer === "publisher" && version.publisherSignature === null ? "Check the publisher's signature" : "Check the registry's signature",
      command: [
        `curl -fsSL ${shellUrl(version.keysUrl, origin)} | gpg --import`,
        `curl -fsSL ${quote(api)} | jq -r .signature > ${signature}`,
        `gpg --verify ${signature} ${file}`,
      ].join("\n"),
    },
    ...ownStep(version),
  ];
}

/** The publisher's own signature of OpenSSH stands beside the registry's; the step on the ladder says how to check it too. */
function ownStep(version: VersionDetailView): readonly VerifyStep[] {
  const author = version.ladder.find((rung) => rung.rung === "author");
  if (version.publisherSignature === null || author?.command == null) return [];
  return [{ title: "Check the publisher's own signature", command: author.command }];
}

function shellUrl(address: string, origin: string): string {
  const url = new URL(address, origin).href;
  return `"${url.replaceAll(/["$`\\]/g, (character) => encodeURIComponent(character))}"`;
}
