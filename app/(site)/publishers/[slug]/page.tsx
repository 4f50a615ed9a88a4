import type { Metadata } from "next";
import { cache } from "react";
import { readPublisher } from "#lib/catalog/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { PublisherSkeleton } from "#components/listing/listing-skeletons.tsx";
import { PublisherView } from "#components/publisher/publisher-view.tsx";
import { SoftSuspense } from "#components/ui/soft-suspense.tsx";
import { viewer } from "../../../_session.ts";
import { StatusPage } from "../../../_status-page.tsx";

interface Props {
  params: Promise<{ slug: string }>;
}

const readOnce = cache(async (slug: string) => readPublisher(await runtime(), slug));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const publisher = await readOnce((await params).slug);
  return { title: publisher?.name ?? "Not found" };
}

export default async function PublisherPage({ params }: Props) {
  const { slug } = await params;
  return (
    <SoftSuspense fallback={<PublisherSkeleton />}>
      <Publisher slug={slug} />
    </SoftSuspense>
  );
}

async function Publisher({ slug }: { slug: string }) {
  const publisher = await readOnce(slug);
  if (publisher === null) return <StatusPage status={404} />;
  const { config } = await runtime();
  const person = await viewer();
  return <PublisherView publisher={publisher} origin={config.publicUrl} isMember={person?.publishers.some((one) => one.slug === slug) ?? false} />;
}
