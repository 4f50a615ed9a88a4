import { EmptyState } from "#components/ui/empty-state.tsx";
import { KeyRound } from "lucide-react";
import type { PublisherRole } from "#lib/accounts/schema.ts";
import type { SigningKeyDetailView } from "#lib/trust/schema.ts";
import { KeyCard } from "#components/console/keys/key-card.tsx";
import { MakeKeyPanel } from "#components/console/keys/make-key-panel.tsx";
import { RegisterKeyPanel } from "#components/console/keys/register-key-panel.tsx";

interface KeysDeskProps {
  publisher: { slug: string; name: string; role: PublisherRole };
  email: string;
  keys: readonly SigningKeyDetailView[];
}

/** A publisher's keys, and the two ways to add one. */
export function KeysDesk({ publisher, email, keys }: KeysDeskProps) {
  const mayChange = publisher.role === "owner";
  const ordered = keys.toSorted((a, b) => Number(a.revoked !== null) - Number(b.revoked !== null) || b.addedAt.localeCompare(a.addedAt));
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section aria-label={`Keys of ${publisher.name}`} className="flex min-w-0 flex-col gap-4">
        {ordered.length === 0 ? (
          <EmptyState icon={<KeyRound aria-hidden />} title={`${publisher.name} has no signing key yet`}>
            <p>Without one you can still publish: the registry then signs in your place, and every page says that it did. With a key of yours, hosts can prove that a release comes from you.</p>
          </EmptyState>
        ) : (
          ordered.map((key) => <KeyCard key={key.fingerprint} publisher={publisher.slug} signingKey={key} mayRevoke={mayChange} />)
        )}
      </section>
      {mayChange ? (
        <div className="flex min-w-0 flex-col gap-4">
          <MakeKeyPanel publisher={publisher} email={email} />
          <RegisterKeyPanel publisher={publisher.slug} />
        </div>
      ) : (
        <p className="text-grey-11">You are a {publisher.role} of {publisher.name}; its owners add and revoke keys.</p>
      )}
    </div>
  );
}
