import type { Metadata } from "next";
import { CreatePublisherForm } from "#components/console/account/create-publisher-form.tsx";
import { ConsolePage } from "#components/console/console-page.tsx";
import { localPath } from "#components/console/sign-in/local-path.ts";
import { requireViewer } from "../../../_session.ts";

export const metadata: Metadata = { title: "New publisher" };

interface NewPublisherProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function NewPublisherPage({ searchParams }: NewPublisherProps) {
  await requireViewer("/publishers/new");
  const next = localPath((await searchParams).next, "/keys");
  return (
    <ConsolePage
      title="New publisher"
      narrow
      lead="A publisher is the name that stands behind listings: yours, or your organisation’s. You become its owner and can invite others later."
    >
      <CreatePublisherForm next={next} />
    </ConsolePage>
  );
}
