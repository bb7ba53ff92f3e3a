import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithoutRef, ReactElement, ReactNode } from 'react';
import classes from './DialogButtons.module.css';

/** The answers that a dialog offers, at its lower right. */
export function DialogButtons({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={classes.buttons}>{children}</div>;
}

/** An answer that ends what cannot be begun again. */
export function DangerButton(props: ButtonProps & ComponentPropsWithoutRef<'button'>): ReactElement {
  return <Button {...props} className={classes.danger ?? ''} />;
}
