"""The oracle: real argparse parses command lines of parsers that are made from forms.

Reads one JSON array of cases on standard input, {form, words, entries}, and writes one JSON array of answers:
{"error": text} where argparse refuses the words, else {"values": repr by dest, "expected": repr by dest}. With
`entries` (what was entered, by key) `expected` is what the namespace should hold, made without parsing.
"""
import argparse
import contextlib
import io
import json
import sys

TYPES = {'text': str, 'integer': int, 'number': float, 'custom': str}
COUNTS = {'one': None, 'optional': '?', 'any': '*', 'some': '+', 'remainder': argparse.REMAINDER}


class Refused(Exception):
    pass


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Refused(message)


def default_of(argument, convert):
    if argument['default'] is None:
        return None
    words = [convert(word) for word in argument['default']['words']]
    one = argument['action'].get('count') in ('one', 'optional')
    return words[0] if one else words


def fill(parser, form):
    groups = [parser.add_mutually_exclusive_group(required=group['required']) for group in form['exclusive']]
    for index, argument in enumerate(form['arguments']):
        if form['commands'] is not None and sum(not a['flags'] for a in form['arguments'][:index]) == form['commands']['after']:
            if not argument['flags']:
                add_commands(parser, form)
        add(parser if argument['exclusive'] is None else groups[argument['exclusive']], argument)
    if form['commands'] is not None and not any(isinstance(a, argparse._SubParsersAction) for a in parser._actions):
        add_commands(parser, form)


def add_commands(parser, form):
    commands = parser.add_subparsers(dest='command' + parser.prog, prog=parser.prog, required=form['commands']['required'])
    for choice in form['commands']['choices']:
        fill(commands.add_parser(choice['name'], aliases=choice['aliases'], prog=choice['name'], add_help=False),
             choice['form'])


def add(target, argument):
    action = argument['action']
    options = {}
    if argument['flags']:
        options['dest'] = argument['dest']
        options['required'] = argument['required']
    if action['kind'] == 'switch':
        options['action'] = 'store_true'
    elif action['kind'] == 'on-off':
        options['action'] = argparse.BooleanOptionalAction
        if argument['default'] is not None:
            options['default'] = argument['default']['words'] == ['True']
    elif action['kind'] == 'count':
        options['action'] = 'count'
    else:
        convert = TYPES[action['value']['type']]
        count = action['count']
        options['type'] = convert
        options['nargs'] = count['exactly'] if isinstance(count, dict) else COUNTS[count]
        if action['choices'] is not None:
            options['choices'] = [convert(choice) for choice in action['choices']]
        if action['repeats']:
            options['action'] = 'append'
        if argument['default'] is not None:
            options['default'] = default_of(argument, convert)
    target.add_argument(*(argument['flags'] or [argument['dest']]), **options)


def expected_of(form, entries, path, result):
    for argument in form['arguments']:
        key = path + '/' + (argument['name'] if argument['flags'] else argument['dest'])
        action = argument['action']
        entry = entries.get(key)
        if action['kind'] == 'switch':
            result[argument['dest']] = bool(entry and entry['given'])
        elif action['kind'] == 'on-off':
            preset = None if argument['default'] is None else argument['default']['words'] == ['True']
            result[argument['dest']] = preset if entry is None else entry['on']
        elif action['kind'] == 'count':
            result[argument['dest']] = entry['times'] if entry and entry['times'] else None
        else:
            convert = TYPES[action['value']['type']]
            preset = default_of(argument, convert)
            positional_nothing = [] if not argument['flags'] and action['count'] in ('any', 'remainder') and preset is None else preset
            uses = [] if entry is None else entry['uses']
            if not argument['flags'] and not any(uses):
                result[argument['dest']] = positional_nothing
                continue
            made = []
            for use in uses:
                words = [convert(word) for word in use]
                if action['count'] == 'one':
                    made.append(words[0])
                elif action['count'] == 'optional':
                    made.append(words[0] if words else None)
                else:
                    made.append(words)
            if not made:
                result[argument['dest']] = preset
            else:
                result[argument['dest']] = made if action['repeats'] else made[-1]
    commands = form['commands']
    if commands is not None:
        entry = entries.get(path + '>')
        if entry is not None:
            for choice in commands['choices']:
                if entry['name'] == choice['name'] or entry['name'] in choice['aliases']:
                    expected_of(choice['form'], entries, path + '>' + choice['name'], result)


def answer(case):
    parser = Parser(prog='', add_help=False)
    fill(parser, case['form'])
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            values = vars(parser.parse_args(case['words']))
    except (Refused, SystemExit, ValueError) as error:
        return {'error': str(error)}
    expected = {}
    if case.get('entries') is not None:
        expected_of(case['form'], case['entries'], '', expected)
    return {'values': {key: repr(value) for key, value in values.items() if not key.startswith('command')},
            'expected': {key: repr(value) for key, value in expected.items()}}


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
