"use client";

import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

interface ConfirmButtonProps {
  label: string;
  /** Names the button where several on a page say the same. */
  name?: string;
  title: string;
  description: ReactNode;
  /** What the main button of the question says, and the one that leaves all as it is. */
  verb: string;
  keep: string;
  path: string;
  method?: "POST" | "DELETE";
  json?: unknown;
  danger?: boolean;
  /** Where to go afterwards; else the page shows itself anew. */
  next?: string;
}

/** A button that asks once before it sends one request. */
export function ConfirmButton({ label, name, title, description, verb, keep, path, method = "POST", json, danger = false, next }: ConfirmButtonProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const send = useAction(async () => {
    await callApi(path, { method, ...(json === undefined ? {} : { json }) });
    setOpen(false);
    if (next !== undefined) router.push(next);
    router.refresh();
  });
  return (
    <>
      <Button size="sm" {...(name === undefined ? {} : { "aria-label": name })} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={title}
        description={description}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{keep}</Button>
            <Button variant={danger ? "danger" : "primary"} pending={send.busy} onClick={() => void send.run()}>
              {verb}
            </Button>
          </>
        }
      >
        <ProblemAlert problem={send.problem} />
      </Dialog>
    </>
  );
}
