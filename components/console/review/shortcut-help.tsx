"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

const SHORTCUTS = [
  { key: "j", does: "next submission in the queue" },
  { key: "k", does: "previous submission" },
  { key: "a", does: "go to Approve, or to the reason while it is empty" },
  { key: "c", does: "go to Request changes" },
  { key: "r", does: "go to Reject" },
  { key: "?", does: "this help" },
] as const;

/** The keys of the review desk. None of them decides anything by itself. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keys" description="They work while no field is being typed in. None decides by itself: a button press does.">
      <dl className="grid grid-cols-[2rem_1fr] gap-y-2">
        {SHORTCUTS.map(({ key, does }) => (
          <div key={key} className="contents">
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
