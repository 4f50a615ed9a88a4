import type { Metadata } from "next";
import { KeysDesk } from "#components/console/keys/keys-desk.tsx";
import { NoPublisher } from "#components/console/account/no-publisher.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { PublisherSwitcher } from "#components/console/keys/publisher-switcher.tsx";
import { listKeys } from "#lib/trust/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { requireViewer } from "../../_session.ts";

export const metadata: Metadata = { title: "Signing keys" };

interface KeysPageProps {
  searchParams: Promise<{ publisher?: string | string[] }>;
}

export default async function KeysPage({ searchParams }: KeysPageProps) {
  const person = await requireViewer("/keys");
  const wanted = (await searchParams).publisher;
  const chosen = person.publishers.find((publisher) => publisher.slug === wanted) ?? person.publishers[0];
  return (
    <ConsolePage title="Signing keys" lead="The registry knows the public half of your keys. Hosts use it to see that a release really comes from you.">
      {chosen === undefined ? (
        <NoPublisher next="/keys" purpose="Keys belong to a publisher." />
      ) : (
        <>
          <PublisherSwitcher publishers={person.publishers} current={chosen.slug} />
          <KeysDesk key={chosen.slug} publisher={chosen} email={person.email} keys={await listKeys(await runtime(), chosen.slug)} />
        </>
      )}
    </ConsolePage>
  );
}
