"use client";

import { X } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  children?: ReactNode;
}

/**
 * A modal question. It is the platform's own dialog element: focus stays inside, Escape closes it, and no style
 * element is injected, which the content security policy would refuse.
 */
export function Dialog({ open, onClose, title, description, actions, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={element}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-text` : undefined}
      onClose={onClose}
      onClick={(event) => event.target === element.current && onClose()}
      className="m-auto w-[calc(100%-2rem)] max-w-dialog rounded-md border bg-panel p-0 text-grey-12 shadow-float"
    >
      {open ? (
        <div className="flex flex-col gap-4 p-5">
          <div className="flex items-start justify-between gap-4">
            <h2 id={`${id}-title`} className="text-16 font-semibold">
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
        </div>
      ) : null}
    </dialog>
  );
}
