"use client";

import { Tabs } from "radix-ui";
import type { ReactNode } from "react";
import type { ReviewBundleView } from "#lib/submissions/schema.ts";
import { FileBrowser } from "#components/console/review/file-browser.tsx";
import { FindingsTab } from "#components/console/review/findings-tab.tsx";
import { ManifestTab } from "#components/console/review/manifest-tab.tsx";
import { PermissionDiff } from "#components/console/review/permission-diff.tsx";

interface ChangeTab {
  id: string;
  label: string;
  count: number | null;
  content: ReactNode;
}

const TRIGGER =
  "-mb-px flex h-10 items-center gap-1.5 border-b-2 border-transparent text-14 text-grey-11 transition-colors hover:text-grey-12 focus-visible:-outline-offset-2 data-[state=active]:border-grey-12 data-[state=active]:font-medium data-[state=active]:text-grey-12";

/** The change under review from its four sides; it opens on the side that needs a person. */
export function ChangeTabs({ bundle }: { bundle: ReviewBundleView }) {
  const findings = bundle.submission.checks.flatMap((check) => check.findings);
  const added = bundle.permissions.filter((permission) => permission.change === "added");
  const tabs: ChangeTab[] = [
    { id: "findings", label: "Findings", count: findings.length, content: <FindingsTab submission={bundle.submission} /> },
    { id: "permissions", label: "Permissions", count: bundle.permissions.length, content: <PermissionDiff permissions={bundle.permissions} previousVersion={bundle.previousVersion} /> },
    { id: "manifest", label: "Manifest", count: null, content: <ManifestTab bundle={bundle} /> },
    { id: "files", label: "Files", count: bundle.files.length, content: <FileBrowser submissionId={bundle.submission.id} files={bundle.files} /> },
  ];
  const grave = findings.some((finding) => finding.severity === "B" || finding.severity === "H");
  return (
    <Tabs.Root defaultValue={grave ? "findings" : added.length > 0 ? "permissions" : "manifest"} className="flex min-w-0 flex-col">
      <Tabs.List aria-label="Change" className="flex flex-wrap gap-x-5 border-b px-4 [scrollbar-width:none] sm:flex-nowrap sm:overflow-x-auto">
        {tabs.map((tab) => (
          <Tabs.Trigger key={tab.id} value={tab.id} className={TRIGGER}>
            {tab.label}
            {tab.count === null ? null : <span className="font-mono text-12 text-grey-10 tabular-nums">{tab.count}</span>}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Content key={tab.id} value={tab.id} className="min-w-0 p-4">
          {tab.content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
