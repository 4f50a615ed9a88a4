import type { Metadata } from "next";
import { AdminPage } from "#components/console/admin/admin-page.tsx";
import { FailedJobs } from "#components/console/admin/failed-jobs.tsx";
import { JobTable } from "#components/console/admin/job-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listFailedJobs } from "#lib/admin/index.ts";
import { forAdministrators } from "../_desk.tsx";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage() {
  return await forAdministrators("/admin/jobs", async (deps) => {
    const [jobs, failed] = await Promise.all([deps.queue.counts(), listFailedJobs(deps)]);
    return (
      <AdminPage title="Jobs" lead="Checks, publications, the feed and mail run as jobs in the worker. What waits longer than seconds waits for a worker.">
        <JobTable jobs={jobs} />
        {failed.length === 0 ? <EmptyState title="No job gave up">A job that used up its attempts waits here for a person.</EmptyState> : <FailedJobs jobs={failed} />}
      </AdminPage>
    );
  });
}
