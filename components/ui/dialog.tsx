"use client";

import { X } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import type { FormEvent, PointerEvent, ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  /** With it the dialog is a form: Enter in a field sends it, and so does the button among `actions` whose type is `submit`. */
  onSubmit?: () => void;
  children?: ReactNode;
}

/**
 * A modal question. It is the platform's own dialog element: focus stays inside, Escape closes it, focus goes back to
 * where it was, and no style element is injected, which the content security policy would refuse. It stands where its
 * button does, often in a cell of a table, whose way of setting text it puts off.
 */
export function Dialog({ open, onClose, title, description, actions, onSubmit, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  // Text that is marked with the mouse may be let go outside: only a press that also begins there closes.
  const pressedOutside = useRef(false);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("input, select, textarea")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  const parts = <DialogParts id={id} onClose={onClose} title={title} description={description} actions={actions}>{children}</DialogParts>;
  return (
    <dialog
      ref={element}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-text` : undefined}
      onClose={onClose}
      onPointerDown={(event: PointerEvent) => (pressedOutside.current = event.target === element.current)}
      onClick={(event) => event.target === element.current && pressedOutside.current && onClose()}
      className="m-auto w-[calc(100%-2rem)] max-w-dialog rounded-md border bg-panel p-0 text-left text-14 font-normal whitespace-normal text-grey-12 shadow-float"
    >
      {!open ? null : onSubmit === undefined ? (
        <div className="flex flex-col gap-4 p-5">{parts}</div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4 p-5">
          {parts}
        </form>
      )}
    </dialog>
  );
}

function DialogParts({ id, onClose, title, description, actions, children }: Omit<DialogProps, "open" | "onSubmit"> & { id: string }) {
  return (
    <>
      <div className="flex items-start justify-between gap-4">
        <h2 id={`${id}-title`} className="text-16 font-semibold wrap-anywhere">
          {title}
        </h2>
        <IconButton label="Close" icon={<X aria-hidden className="size-4" />} onClick={onClose} className="-mt-1 -mr-1" />
      </div>
      {description ? (
        <div id={`${id}-text`} className="text-14 text-grey-11">
          {description}
        </div>
      ) : null}
      {children}
      {actions ? <div className="flex flex-wrap justify-end gap-2 border-t pt-4">{actions}</div> : null}
    </>
  );
}
