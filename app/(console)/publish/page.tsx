import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { PublishDesk } from "#components/console/publish/publish-desk.tsx";
import { requireViewer } from "../../_session.ts";

export const metadata: Metadata = { title: "Publish" };

interface PublishPageProps {
  searchParams: Promise<{ publisher?: string | string[] }>;
}

export default async function PublishPage({ searchParams }: PublishPageProps) {
  const { publisher } = await searchParams;
  const person = await requireViewer("/publish");
  const publishers = person.publishers.filter((publisher) => publisher.role !== "viewer");
  return (
    <ConsolePage
      title="Publish"
      lead="Drop a package or a service file. The registry checks it before anything is stored, then you sign and send it."
    >
      <PublishDesk publishers={publishers} preferred={typeof publisher === "string" ? publisher : null} email={person.email} />
    </ConsolePage>
  );
}
