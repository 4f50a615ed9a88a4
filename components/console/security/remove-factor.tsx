"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

interface RemoveFactorProps {
  /** Says which, for whoever cannot see where the button stands. */
  name: string;
  path: string;
  title: string;
  description: string;
}

/** Removes a second factor by `DELETE path`, after asking. */
export function RemoveFactor({ name, path, title, description }: RemoveFactorProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const remove = useAction(async () => {
    await callApi(path, { method: "DELETE" });
    setOpen(false);
    router.refresh();
  });
  return (
    <>
      <Button size="sm" aria-label={`Remove ${name}`} onClick={() => setOpen(true)}>
        Remove
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={title}
        description={description}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button variant="danger" pending={remove.busy} onClick={() => void remove.run()}>
              Remove it
            </Button>
          </>
        }
      >
        <ProblemAlert problem={remove.problem} />
      </Dialog>
    </>
  );
}
