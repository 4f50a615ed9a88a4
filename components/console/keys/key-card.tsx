import { CircleCheck, CircleX, TimerOff } from "lucide-react";
import { algorithmWords } from "#components/trust/algorithm-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { ExactDate, RelativeTime } from "#components/ui/relative-time.tsx";
import type { SigningKeyDetailView } from "#lib/trust/schema.ts";
import { groupFingerprint } from "#components/console/describe-amount.ts";
import { RevokeKey } from "#components/console/keys/revoke-key.tsx";

interface KeyCardProps {
  publisher: string;
  signingKey: SigningKeyDetailView;
  mayRevoke: boolean;
}

/** Everything the registry knows about one signing key. */
export function KeyCard({ publisher, signingKey: key, mayRevoke }: KeyCardProps) {
  const size = algorithmWords(key.algorithm, key.curve) + (key.bits === null ? "" : `, ${key.bits} bits`);
  return (
    <article aria-label={`Key ${key.fingerprint.slice(-16)}`} className="min-w-0 rounded-md border bg-panel">
      <header className="flex items-center justify-between gap-3 border-b px-4 py-2">
        <h2 className="font-mono text-13 leading-6 font-medium break-words">{groupFingerprint(key.fingerprint)}</h2>
        <CopyButton value={key.fingerprint} label="fingerprint" />
      </header>
      <div className="flex flex-col gap-4 p-4">
        <KeyState signingKey={key} />
        <Facts
          wide
          facts={[
            { label: "Kind", value: key.format === "ssh" ? "OpenSSH" : "OpenPGP" },
            { label: "Algorithm", value: size },
            ...(key.format === "ssh" ? [] : certificateFacts(key)),
            { label: "Added", value: <><RelativeTime at={key.addedAt} /> by {key.addedBy}</> },
            { label: "Last used", value: key.lastUsedAt === null ? "not yet" : <RelativeTime at={key.lastUsedAt} /> },
          ]}
        />
        <div className="flex flex-wrap items-center justify-between gap-3 border-t pt-3">
          <div className="flex items-center gap-1 text-13 text-grey-11">
            {key.format === "ssh" ? "Public key" : "Public certificate"} <CopyButton value={key.armored} label={key.format === "ssh" ? "public key" : "public certificate"} />
          </div>
          {mayRevoke && key.revoked === null ? <RevokeKey publisher={publisher} fingerprint={key.fingerprint} /> : null}
        </div>
      </div>
    </article>
  );
}

/** What an OpenSSH key does not have. */
function certificateFacts(key: SigningKeyDetailView) {
  return [
    { label: "Name on the key", value: key.userIds.length === 0 ? "none" : key.userIds.join(", ") },
    { label: "Made", value: <ExactDate at={key.createdAt} /> },
    { label: "Expires", value: key.expiresAt === null ? "never" : <ExactDate at={key.expiresAt} /> },
  ];
}

function KeyState({ signingKey: { revoked, expiresAt } }: { signingKey: SigningKeyDetailView }) {
  if (revoked !== null) {
    return (
      <div className="flex flex-col items-start gap-1">
        <Badge tone="red" icon={<CircleX aria-hidden />}>Revoked</Badge>
        <p>
          Revoked <RelativeTime at={revoked.at} />: {revoked.reason}.
          {revoked.compromisedSince === null ? null : <> Not trusted for anything signed after <ExactDate at={revoked.compromisedSince} />.</>}
        </p>
      </div>
    );
  }
  if (expiresAt !== null && new Date(expiresAt) < new Date()) {
    return <div><Badge tone="amber" icon={<TimerOff aria-hidden />}>Expired</Badge></div>;
  }
  return <div><Badge tone="green" icon={<CircleCheck aria-hidden />}>Active</Badge></div>;
}
