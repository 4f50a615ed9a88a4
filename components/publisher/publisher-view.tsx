import { CircleX, KeyRound } from "lucide-react";
import Link from "next/link";
import type { PublisherDetailView } from "#lib/catalog/schema.ts";
import { ListingList } from "#components/listing/listing-list.tsx";
import { algorithmWords } from "#components/trust/algorithm-words.ts";
import { Alert } from "#components/ui/alert.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ExactDate } from "#components/ui/relative-time.tsx";

type PublisherKey = PublisherDetailView["keys"][number];

/** A publisher's page: what they publish and the keys they sign with. */
export function PublisherView({ publisher, origin, isMember }: { publisher: PublisherDetailView; origin: string; isMember: boolean }) {
  return (
    <div className="page flex flex-col gap-6 pt-8">
      <PublisherHeader publisher={publisher} isMember={isMember} />
      {publisher.suspendedAt === null ? null : (
        <Alert kind="error" title="This publisher is suspended.">
          Since <ExactDate at={publisher.suspendedAt} /> nothing of it is listed, installed or updated. Its keys stay readable, so that what was signed before can be checked.
        </Alert>
      )}
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <PublisherListings publisher={publisher} />
        <aside aria-label="Keys and facts" className="flex min-w-0 flex-col gap-6">
          <NamesPanel names={publisher.names} />
          <KeysPanel publisher={publisher} origin={origin} />
          <Panel title="Facts">
            <Facts
              facts={[
                { label: "Registered", value: <ExactDate at={publisher.createdAt} /> },
                { label: "Members", value: publisher.members },
              ]}
            />
          </Panel>
        </aside>
      </div>
    </div>
  );
}

function PublisherHeader({ publisher, isMember }: { publisher: PublisherDetailView; isMember: boolean }) {
  return (
    <header className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="text-26 font-semibold break-words">{publisher.name}</h1>
        <code className="text-13 text-grey-11">{publisher.slug}</code>
      </div>
      <p className="text-grey-11">
        {publisher.bootstrap ? "Holds the catalogue that came with this registry, signed with a key made at its first start." : <>Publishes here since <ExactDate at={publisher.createdAt} />.</>}
      </p>
      {publisher.description === null ? null : <p className="max-w-prose break-words whitespace-pre-line">{publisher.description}</p>}
      <p className="flex flex-wrap gap-x-4 text-13">
        {publisher.website === null ? null : (
          <a href={publisher.website} rel="nofollow noopener ugc" className="link break-all">
            {publisher.website}
          </a>
        )}
        {isMember ? (
          <Link href={`/teams/${publisher.slug}`} className="link">
            Manage this publisher
          </Link>
        ) : null}
      </p>
    </header>
  );
}

function PublisherListings({ publisher }: { publisher: PublisherDetailView }) {
  const count = publisher.listings.length;
  return (
    <section aria-labelledby="listings-title" className="flex min-w-0 flex-col gap-3">
      <h2 id="listings-title" className="text-16 font-semibold">
        Listings <span className="text-14 font-normal text-grey-11">{count}</span>
      </h2>
      {publisher.suspendedAt !== null ? (
        <EmptyState title="Nothing is given out while the publisher is suspended.">Its listings come back when the suspension ends.</EmptyState>
      ) : count > 0 ? (
        <ListingList listings={publisher.listings} label={`Listings of ${publisher.name}`} />
      ) : (
        <EmptyState title={`${publisher.name} has published nothing yet.`}>A listing appears here when its first version is approved.</EmptyState>
      )}
    </section>
  );
}

function NamesPanel({ names }: { names: PublisherDetailView["names"] }) {
  if (names.length === 0) return null;
  return (
    <Panel title="Proven domains" flush>
      <ul className="flex flex-col divide-y">
        {names.map((name) => (
          <li key={name.domain} className="flex flex-col gap-1 p-4 text-13">
            <span className="font-mono text-14 break-all">{name.domain}</span>
            {name.unicode === name.domain ? null : <span className="text-grey-11">drawn as {name.unicode}</span>}
            <span className="text-grey-11">
              {name.method === "dns" ? "By a DNS record" : "By a file on the site"} since <ExactDate at={name.provenAt} />, last found <ExactDate at={name.checkedAt} />
            </span>
            {name.lookAlikes.length === 0 ? null : <span className="text-amber-ink">Could be mistaken for {name.lookAlikes.join(", ")}, which is proven here too.</span>}
            {name.alsoHeldBy.length === 0 ? null : <span className="text-grey-11">Also proven by {name.alsoHeldBy.join(", ")}.</span>}
            <CodeBlock code={name.proof.command} wrap label={`command that shows the proof of ${name.domain}`} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function KeysPanel({ publisher, origin }: { publisher: PublisherDetailView; origin: string }) {
  if (publisher.keys.length === 0) {
    return (
      <Panel title="Signing keys">
        <p className="text-grey-11">No key is registered. What this publisher uploads is signed by the registry instead, and its ladder says so.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Signing keys" flush>
      <ul className="flex flex-col divide-y">
        {publisher.keys.map((key) => (
          <KeyItem key={key.fingerprint} signingKey={key} />
        ))}
      </ul>
      <div className="flex flex-col gap-1.5 border-t p-4">
        <p className="text-13 text-grey-11">Bring them into your keyring</p>
        <CodeBlock code={`curl -fsSL "${new URL(publisher.keysUrl, origin).href}" | gpg --import`} wrap label="command that imports the keys" />
      </div>
    </Panel>
  );
}

function KeyItem({ signingKey }: { signingKey: PublisherKey }) {
  return (
    <li className="flex flex-col gap-1 p-4 text-13">
      <span className="flex items-center gap-1.5">
        <KeyRound aria-hidden className="size-3.5 shrink-0 text-grey-10" />
        <CopyText value={signingKey.fingerprint} label="key fingerprint" head={12} tail={8} />
        {signingKey.revoked ? (
          <Badge tone="red" icon={<CircleX aria-hidden />}>
            revoked
          </Badge>
        ) : null}
      </span>
      <p className="text-grey-11">
        {algorithmWords(signingKey.algorithm)}, registered <ExactDate at={signingKey.addedAt} />
        {signingKey.expiresAt ? (
          <>
            , expires <ExactDate at={signingKey.expiresAt} />
          </>
        ) : null}
      </p>
      {signingKey.revoked ? (
        <p className="text-red-ink">
          Revoked <ExactDate at={signingKey.revoked.at} />: {signingKey.revoked.reason}
          {signingKey.revoked.compromisedSince ? (
            <>
              ; signatures after <ExactDate at={signingKey.revoked.compromisedSince} /> do not count
            </>
          ) : null}
        </p>
      ) : null}
    </li>
  );
}
