"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { QueueItemView, ReviewBundleView } from "#lib/submissions/schema.ts";
import { DecisionList } from "#components/console/submission/decision-list.tsx";
import { useSubmission } from "#components/console/submission/use-submission.ts";
import { ChangeBanner } from "#components/console/review/change-banner.tsx";
import { ChangeTabs } from "#components/console/review/change-tabs.tsx";
import { DecidedNotice } from "#components/console/review/decided-notice.tsx";
import { DecisionPane } from "#components/console/review/decision-pane.tsx";
import { focusDecision } from "#components/console/review/focus-decision.ts";
import { neighbourIn } from "#components/console/review/neighbour-in.ts";
import { QueueRail } from "#components/console/review/queue-rail.tsx";
import { ReviewHeader } from "#components/console/review/review-header.tsx";
import { ShortcutHelp } from "#components/console/review/shortcut-help.tsx";
import { sortQueue } from "#components/console/review/sort-queue.ts";
import { useDecision } from "#components/console/review/use-decision.ts";
import { useKeyboardShortcuts } from "#components/console/review/use-keyboard-shortcuts.ts";

/** Three panes: the queue, the change, the decision. */
export function ReviewDesk({ bundle, queue }: { bundle: ReviewBundleView; queue: readonly QueueItemView[] }) {
  const router = useRouter();
  const { submission: live, refresh } = useSubmission(bundle.submission);
  const [reading, setReading] = useState(bundle.submission);
  const [help, setHelp] = useState(false);
  const { deciding, decide, reset } = useDecision(reading, refresh);
  const items = sortQueue(queue, "age");
  const next = neighbourIn(items, reading.id, 1);
  const previous = neighbourIn(items, reading.id, -1);

  const adopt = useCallback(() => {
    setReading(live);
    reset();
    router.refresh();
  }, [live, reset, router]);
  const adoptOwnClaim = useCallback(async () => {
    const latest = await refresh();
    if (latest !== null) setReading(latest);
  }, [refresh]);

  useKeyboardShortcuts({
    j: () => next !== null && router.push(`/review/${next}`),
    k: () => previous !== null && router.push(`/review/${previous}`),
    a: () => focusDecision("approve"),
    c: () => focusDecision("request_changes"),
    r: () => focusDecision("reject"),
    "?": () => setHelp(true),
  });

  return (
    <div className="grid w-full flex-1 lg:min-h-[calc(100dvh-6.5rem)] lg:grid-cols-[13rem_minmax(0,1fr)_21rem]">
      <div className="hidden border-r bg-grey-2 lg:block">
        <QueueRail items={items} current={reading.id} />
      </div>
      <div className="min-w-0 bg-panel">
        <ReviewHeader bundle={bundle} reading={deciding.phase === "done" ? live : reading} />
        {deciding.phase === "done" ? null : (
          <div className="px-4 pt-4 empty:hidden">
            <ChangeBanner reading={reading} live={live} refused={deciding.phase === "stale"} onAdopt={adopt} />
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
            <DecisionPane bundle={bundle} reading={reading} deciding={deciding} onDecide={(decision, reason) => void decide(decision, reason).then(() => router.refresh())} onClaimed={adoptOwnClaim} />
          )}
          <div className="px-4 pb-4">
            <Button size="sm" variant="ghost" onClick={() => setHelp(true)}>
              Show the keys
            </Button>
          </div>
        </div>
      </aside>
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
