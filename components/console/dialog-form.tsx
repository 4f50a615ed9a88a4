"use client";

import { useState } from "react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import type { ButtonSize, ButtonVariant } from "#components/ui/button-style.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

export interface DialogQuestion {
  /** What the button says that opens the question. */
  label: string;
  /** Names that button where several on a page say the same. */
  name?: string;
  title: string;
  /** What happens, and what does not. */
  description?: ReactNode;
  /** What the question's main button says (unless told otherwise the label again), and the one that leaves all as it is. */
  verb?: string;
  keep?: string;
  danger?: boolean;
  disabled?: boolean;
}

interface DialogFormProps extends DialogQuestion {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Something has to be typed or chosen first. */
  incomplete?: boolean;
  /** What the main button does. What it throws is shown in the question, which stays open with all that was typed. */
  perform: () => Promise<void>;
  onOpen?: () => void;
  /** Fields, drawn while the question is open. */
  children?: ReactNode;
}

/** A button that asks in a dialog before it acts. */
export function DialogForm({ label, name, title, description, verb = label, keep = "Cancel", danger = false, disabled = false, variant = "secondary", size = "sm", incomplete = false, perform, onOpen, children }: DialogFormProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const action = useAction(async () => {
    await perform();
    close();
  });
  const ask = () => {
    action.reset();
    onOpen?.();
    setOpen(true);
  };
  const actions = (
    <>
      <Button onClick={close}>{keep}</Button>
      <Button type="submit" variant={danger ? "danger" : "primary"} pending={action.busy} disabled={incomplete}>
        {verb}
      </Button>
    </>
  );
  return (
    <>
      <Button size={size} variant={variant} aria-label={name} disabled={disabled} onClick={ask}>
        {label}
      </Button>
      <Dialog open={open} onClose={close} title={title} description={description} actions={actions} onSubmit={() => void action.run()}>
        {children}
        <ProblemAlert problem={action.problem} />
      </Dialog>
    </>
  );
}
