"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { QueueItemView, ReviewBundleView } from "#lib/submissions/schema.ts";
import { DecisionList } from "#components/console/submission/decision-list.tsx";
import { ChangeBanner } from "#components/console/review/change-banner.tsx";
import { ChangeTabs } from "#components/console/review/change-tabs.tsx";
import { DecidedNotice } from "#components/console/review/decided-notice.tsx";
import { DecisionPane } from "#components/console/review/decision-pane.tsx";
import { neighbourIn } from "#components/console/review/neighbour-in.ts";
import { QueueRail } from "#components/console/review/queue-rail.tsx";
import { ReviewHeader } from "#components/console/review/review-header.tsx";
import { ShortcutHelp } from "#components/console/review/shortcut-help.tsx";
import { sortQueue } from "#components/console/review/sort-queue.ts";
import { useReading } from "#components/console/review/use-reading.ts";
import { useReviewKeys } from "#components/console/review/use-review-keys.ts";
import { useDecision } from "#components/console/review/use-decision.ts";

/** Three panes: the queue, the change, the decision. */
export function ReviewDesk({ bundle, queue }: { bundle: ReviewBundleView; queue: readonly QueueItemView[] }) {
  const router = useRouter();
  const { reading, live, refresh, adopt, adoptLatest } = useReading(bundle.submission);
  const { deciding, decide } = useDecision(reading, refresh);
  const [help, setHelp] = useState(false);
  const items = sortQueue(queue, "age");
  const next = neighbourIn(items, reading.id, 1);
  useReviewKeys({ next, previous: neighbourIn(items, reading.id, -1), onHelp: () => setHelp(true) });
  const decided = deciding.phase === "done";

  return (
    <div className="grid w-full flex-1 lg:min-h-[calc(100dvh-6.5rem)] lg:grid-cols-[13rem_minmax(0,1fr)_21rem]">
      <div className="hidden border-r bg-grey-2 lg:block">
        <QueueRail items={items} current={reading.id} />
      </div>
      <div className="min-w-0 bg-panel">
        <ReviewHeader bundle={bundle} reading={decided ? live : reading} />
        {decided ? null : (
          <div className="px-4 pt-4 empty:hidden">
            <ChangeBanner reading={reading} live={live} refused={deciding.phase === "stale" && deciding.stateVersion === reading.stateVersion} onAdopt={adopt} />
          </div>
        )}
        <ChangeTabs bundle={bundle} />
        {live.decisions.length === 0 ? null : (
          <Panel title="Decisions so far" flush className="m-4">
            <DecisionList decisions={live.decisions} />
          </Panel>
        )}
      </div>
      <aside aria-label="Decision pane" className="border-t bg-grey-2 lg:border-t-0 lg:border-l">
        <div className="lg:sticky lg:top-14 lg:max-h-[calc(100dvh-3.5rem)] lg:overflow-y-auto">
          {deciding.phase === "done" ? (
            <div className="p-4">
              <DecidedNotice decision={deciding.decision} live={live} nextId={next} />
            </div>
          ) : (
            <DecisionPane bundle={bundle} reading={reading} deciding={deciding} onDecide={(decision, reason) => void decide(decision, reason).then(() => router.refresh())} onClaimed={adoptLatest} />
          )}
          <div className="px-4 pb-4">
            <Button size="sm" variant="ghost" onClick={() => setHelp(true)}>
              Keyboard shortcuts
            </Button>
          </div>
        </div>
      </aside>
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
