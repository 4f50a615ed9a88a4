import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";

function RowSkeleton() {
  return (
    <div className="grid grid-cols-[2.25rem_1fr] gap-x-3 px-3 py-3 sm:px-4 lg:grid-cols-[2.25rem_1fr_11.5rem_7rem]">
      <Skeleton className="size-9" />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-3.5 w-3/5" />
      </div>
      <div className="hidden flex-col gap-2 lg:flex">
        <Skeleton className="h-3.5 w-20" />
        <Skeleton className="h-5 w-24" />
      </div>
      <div className="hidden flex-col items-end gap-2 lg:flex">
        <Skeleton className="h-4 w-12" />
        <Skeleton className="h-4 w-20" />
      </div>
    </div>
  );
}

/** Rows of a list that is on its way. */
function ListSkeleton({ rows }: { rows: number }) {
  return (
    <div className="flex flex-col divide-y rounded-md border bg-panel">
      {Array.from({ length: rows }, (_, index) => (
        <RowSkeleton key={index} />
      ))}
    </div>
  );
}

/** The search page on its way. */
export function SearchSkeleton() {
  return (
    <SkeletonGroup label="Loading results" className="page grid gap-x-8 gap-y-4 pt-6 lg:grid-cols-[14rem_1fr]">
      <Skeleton className="h-7 w-64 lg:col-span-2" />
      <div className="hidden flex-col gap-3 lg:flex">
        {Array.from({ length: 14 }, (_, index) => (
          <Skeleton key={index} className={index % 7 === 0 ? "mt-3 h-4 w-20" : "h-4 w-44"} />
        ))}
      </div>
      <ListSkeleton rows={8} />
    </SkeletonGroup>
  );
}

/** A listing's page on its way. */
export function ListingSkeleton() {
  return (
    <SkeletonGroup label="Loading the listing" className="page flex flex-col gap-6 pt-8">
      <div className="flex gap-4">
        <Skeleton className="size-14" />
        <div className="flex flex-col gap-2">
          <Skeleton className="h-8 w-56" />
          <Skeleton className="h-4 w-72" />
        </div>
      </div>
      <div className="grid gap-8 lg:grid-cols-[1fr_20rem]">
        <div className="flex flex-col gap-6">
          <Skeleton className="h-58" />
          <Skeleton className="h-10" />
          <Skeleton className="h-64" />
        </div>
        <div className="flex flex-col gap-6">
          <Skeleton className="h-44" />
          <Skeleton className="h-80" />
        </div>
      </div>
    </SkeletonGroup>
  );
}

/** A publisher's page on its way. */
export function PublisherSkeleton() {
  return (
    <SkeletonGroup label="Loading the publisher" className="page flex flex-col gap-6 pt-8">
      <Skeleton className="h-8 w-56" />
      <div className="grid gap-8 lg:grid-cols-[1fr_20rem]">
        <ListSkeleton rows={5} />
        <Skeleton className="h-64" />
      </div>
    </SkeletonGroup>
  );
}
