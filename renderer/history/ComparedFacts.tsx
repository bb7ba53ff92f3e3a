import type { ReactElement } from 'react';
import type { ComparedFact } from './compare-text';
import classes from './Compare.module.css';

/** The facts of two runs beside each other; those that differ are marked with a word too. */
export function ComparedFacts({ facts }: { readonly facts: readonly ComparedFact[] }): ReactElement {
  return (
    <table className={classes.facts} aria-label="What ran">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">First</th>
          <th scope="col">Second</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {facts.map(({ name, before, after }) => (
          <tr key={name} data-differs={before !== after}>
            <th scope="row">{name}</th>
            <td>{before}</td>
            <td>{after}</td>
            <td>{before === after ? 'same' : 'differs'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
