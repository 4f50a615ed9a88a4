import type { Metadata } from "next";
import { readRecord } from "#lib/transparency/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { RecordSkeleton } from "#components/record/record-skeleton.tsx";
import { RecordView } from "#components/record/record-view.tsx";
import { SoftSuspense } from "#components/ui/soft-suspense.tsx";

export const metadata: Metadata = { title: "The record" };

const PAGE = 50;

interface Props {
  searchParams: Promise<{ before?: string | string[]; listing?: string | string[] }>;
}

export default async function RecordPage({ searchParams }: Props) {
  const { before, listing } = await searchParams;
  return (
    <SoftSuspense fallback={<RecordSkeleton />}>
      <Entries before={typeof before === "string" ? before : ""} listing={typeof listing === "string" ? listing.slice(0, 64) : ""} />
    </SoftSuspense>
  );
}

async function Entries({ before, listing }: { before: string; listing: string }) {
  const deps = await runtime();
  const from = /^\d{1,15}$/.test(before) ? Number(before) : undefined;
  // A NUL in an address is nobody's listing, and Postgres cannot hold it.
  const record = await readRecord(deps, { before: from, listing: listing === "" || listing.includes("\0") ? undefined : listing, limit: PAGE });
  return <RecordView record={record} origin={deps.config.publicUrl} listing={listing === "" ? null : listing} paged={from !== undefined} />;
}
