import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";

/** The record's page while its entries are read. */
export function RecordSkeleton() {
  return (
    <SkeletonGroup label="Reading the record" className="page flex flex-col gap-6 pt-8">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-40 w-full" />
      <Skeleton className="h-96 w-full" />
    </SkeletonGroup>
  );
}
