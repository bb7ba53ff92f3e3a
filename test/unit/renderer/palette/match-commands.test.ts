import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../renderer/palette/command';
import { matchCommands, mostCommands } from '../../../../renderer/palette/match-commands';

function command(title: string, detail = '', group = 'Actions'): Command {
  return { id: `${group} ${title} ${detail}`, group, title, detail, refusal: null, act: () => undefined };
}

function found(typed: string, commands: readonly Command[]): string[] {
  return matchCommands(typed, commands).map(({ title }) => title);
}

describe('what is typed into the palette', () => {
  const commands = [
    command('Abort…', 'take_iv.py on crate1slot2'),
    command('crate1slot2', 'crate1, idle', 'Slots'),
    command('crate1slot3', 'crate1, idle', 'Slots'),
    command('Fill in take_iv.py', 'on crate1slot2', 'Scripts'),
    command('Über die Daten', '', 'Pages'),
  ];

  it('lists everything in its order while nothing is typed', () => {
    expect(found('  ', commands)).toEqual(commands.map(({ title }) => title));
  });

  it('puts a title that fits before what fits beside a title', () => {
    expect(found('slot2', commands)).toEqual(['crate1slot2', 'Abort…', 'Fill in take_iv.py']);
  });

  it('wants every word, in any order, case and accent', () => {
    expect(found('IV fill', commands)).toEqual(['Fill in take_iv.py']);
    expect(found('uber', commands)).toEqual(['Über die Daten']);
    expect(found('fill slot9', commands)).toEqual([]);
  });

  it('finds letters in their order, but not a single one anywhere', () => {
    expect(found('c1s3', commands)).toEqual(['crate1slot3']);
    expect(found('z', commands)).toEqual([]);
  });

  it('finds letters in their order in a title only: the path of a folder holds those of nearly any word', () => {
    const fill = command('Fill in hang.py', 'on crate1slot2, from /opt/smurf-panel/resources/demo');
    expect(found('pause', [fill, command('Pause queue')])).toEqual(['Pause queue']);
    expect(found('resources', [fill])).toEqual(['Fill in hang.py']);
  });

  it('prefers the beginning of a word to the middle of one', () => {
    expect(found('run', [command('Overrun'), command('Re run'), command('Run')])).toEqual([
      'Run',
      'Re run',
      'Overrun',
    ]);
  });

  it('takes signs of patterns for what they are', () => {
    expect(found('.*', commands)).toEqual([]);
    expect(found('[', [command('array[0]')])).toEqual(['array[0]']);
  });

  it('never lists more than it can show', () => {
    const many = Array.from({ length: 1000 }, (_, index) => command(`slot${index}`));
    expect(matchCommands('slot', many)).toHaveLength(mostCommands);
    expect(matchCommands('', many)).toHaveLength(mostCommands);
  });
});
