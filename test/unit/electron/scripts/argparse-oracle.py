"""What argparse itself makes of a script: runs it with parsing replaced by telling, and prints the form as JSON.

Usage: argparse-oracle.py SCRIPT. The form has the shape of shared/arguments/argument-form.ts. The judge of the reader's
tests: it looks at argparse's own objects only.
"""
import argparse
import inspect
import json
import os
import pathlib
import re
import runpy
import sys

SKIPPED = (argparse._HelpAction, argparse._VersionAction, argparse._SubParsersAction)
LINES = {}
PARTIAL = []

_add_argument = argparse._ActionsContainer.add_argument


def add_argument(self, *args, **kwargs):
    action = _add_argument(self, *args, **kwargs)
    frame = inspect.currentframe().f_back
    while frame.f_code.co_name == 'add_argument' or frame.f_code.co_filename == argparse.__file__:
        frame = frame.f_back
    LINES.setdefault(id(action), frame.f_lineno)
    return action


argparse._ActionsContainer.add_argument = add_argument


def tidy(text, keep):
    if text is None:
        return None
    text = inspect.cleandoc('\n' + text) if keep else re.sub(r'\s+', ' ', text).strip()
    return text or None


def help_of(parser, action, keep):
    if action.help is None or action.help is argparse.SUPPRESS:
        return None
    try:
        formatter = argparse.HelpFormatter(parser.prog)
        text = formatter._expand_help(action)
    except (ValueError, TypeError, KeyError):
        text = action.help
    return tidy(text, keep)


def is_plain(value):
    return isinstance(value, (str, int, float, pathlib.PurePath)) and (type(value) in (str, int, float, bool) or isinstance(value, pathlib.PurePath))


def is_typed_alike(parser, action, form, words, value):
    """Whether these words, typed, give what argparse makes of the default."""
    if type(action).__module__ != 'argparse':
        return False
    if isinstance(value, str):
        # Converted as a typed word is, but never to a list.
        return form['count'] in ('one', 'optional')
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    if form['value']['type'] == 'custom' and not all(isinstance(item, pathlib.PurePath) for item in items):
        # What the script's own conversion makes of a word cannot be read from its source.
        return False
    try:
        made = [parser._get_value(action, word) for word in words]
    except (argparse.ArgumentError, ValueError):
        return False
    given = made[0] if form['count'] in ('one', 'optional') else made
    return given == (list(value) if isinstance(value, tuple) else value)


def default_of(parser, action, form):
    value = action.default
    if value is None or value is argparse.SUPPRESS:
        return None
    if form['kind'] == 'switch':
        usual = {argparse._StoreTrueAction: False, argparse._StoreFalseAction: True}.get(type(action))
        return None if value is usual else {'kind': 'expression', 'text': repr(value)}
    words = None
    if is_plain(value):
        words = [str(value)]
    several = form['kind'] == 'value' and (form['repeats'] or form['count'] not in ('one', 'optional'))
    if several and isinstance(value, (list, tuple)) and all(map(is_plain, value)):
        words = [str(item) for item in value]
    if words is not None and (form['kind'] != 'value' or form['repeats']
                              or is_typed_alike(parser, action, form, words, value)):
        return {'kind': 'words', 'words': words}
    return {'kind': 'expression', 'text': str(value) if isinstance(value, pathlib.PurePath) else repr(value)}


def choices_of(parser, action):
    if action.choices is None:
        return None
    words = []
    for choice in action.choices:
        if not hasattr(choice, 'name') or not hasattr(choice, 'value'):
            words.append(str(choice))
            continue
        for word in (choice.value, choice.name, str(choice)):
            try:
                if isinstance(word, str) and parser._get_value(action, word) == choice:
                    words.append(word)
                    break
            except (argparse.ArgumentError, KeyError, ValueError):
                continue
    return words


def type_of(action):
    if action.type in (None, str):
        return {'type': 'text'}
    if action.type is int:
        return {'type': 'integer'}
    if action.type is float:
        return {'type': 'number'}
    return {'type': 'custom', 'name': getattr(action.type, '__name__', repr(action.type))}


def form_action(parser, action):
    if isinstance(action, argparse._CountAction):
        return {'kind': 'count'}
    if isinstance(action, argparse.BooleanOptionalAction):
        return {'kind': 'on-off', 'off': [flag for flag in action.option_strings if flag.startswith('--no-')][0]}
    if action.nargs == 0:
        return {'kind': 'switch'}
    count = {None: 'one', '?': 'optional', '*': 'any', '+': 'some', '...': 'remainder'}.get(action.nargs)
    return {
        'kind': 'value',
        'value': type_of(action),
        'choices': choices_of(parser, action),
        'count': count or {'exactly': action.nargs},
        'repeats': isinstance(action, (argparse._AppendAction, argparse._ExtendAction)),
    }


def titles_of(parser):
    titles = {}

    def look(groups):
        for group in groups:
            if group not in (parser._positionals, parser._optionals):
                for action in group._group_actions:
                    titles[id(action)] = group.title
            look(group._action_groups)

    look(parser._action_groups)
    return titles


def form_of(parser):
    raw_help = issubclass(parser.formatter_class, argparse.RawTextHelpFormatter)
    raw = issubclass(parser.formatter_class, argparse.RawDescriptionHelpFormatter)
    titles = titles_of(parser)
    shown = [action for action in parser._actions if not isinstance(action, SKIPPED)]
    groups = [group for group in parser._mutually_exclusive_groups if any(action in shown for action in group._group_actions)]
    arguments = []
    for action in shown:
        form = form_action(parser, action)
        flags = list(action.option_strings)
        if form['kind'] == 'on-off':
            flags = [flag for flag in flags if not (flag.startswith('--no-') and '--' + flag[5:] in flags)]
        long = [flag for flag in flags if len(flag) > 1 and flag[1] in parser.prefix_chars]
        metavar = ' '.join(action.metavar) if isinstance(action.metavar, tuple) else action.metavar
        exclusive = [index for index, group in enumerate(groups) if action in group._group_actions]
        empty = not flags and action.nargs in ('?', '*', '...')
        arguments.append({
            'dest': action.dest,
            'flags': flags,
            'name': (long or flags or [metavar or action.dest])[0],
            'metavar': metavar,
            'action': form,
            'required': action.required and not empty,
            'default': default_of(parser, action, form),
            'help': help_of(parser, action, raw_help),
            'group': titles.get(id(action)),
            'exclusive': exclusive[0] if exclusive else None,
            'line': LINES.get(id(action)),
        })
    commands = None
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            commands = commands_of(parser, action)
    description = parser.description
    if description and '%(prog)' in description:
        description = description % {'prog': parser.prog}
    return {
        'arguments': arguments,
        'exclusive': [{'required': bool(group.required)} for group in groups],
        'commands': commands,
        'description': tidy(description, raw),
    }


def commands_of(parser, action):
    names = {}
    for name, own in action.choices.items():
        names.setdefault(id(own), []).append(name)
    helps = {pseudo.dest: pseudo.help for pseudo in action._choices_actions}
    dest = None if action.dest is argparse.SUPPRESS else action.dest
    title = titles_of(parser).get(id(action))
    before = parser._actions[:parser._actions.index(action)]
    choices = []
    for own in dict((id(one), one) for one in action.choices.values()).values():
        name, *aliases = names[id(own)]
        help_text = helps.get(name)
        choices.append({
            'name': name,
            'aliases': aliases,
            'help': tidy(help_text.replace('%%', '%'), False) if help_text and help_text != argparse.SUPPRESS else None,
            'form': form_of(own),
        })
    return {
        'name': dest or action.metavar or title or 'command',
        'required': bool(action.required),
        'after': len([one for one in before if not one.option_strings]),
        'choices': choices,
    }


def tell(parser):
    form = form_of(parser)
    for earlier in PARTIAL:
        if earlier is parser:
            continue
        known = [flag for argument in form['arguments'] for flag in argument['flags']]
        form['arguments'] += [one for one in form_of(earlier)['arguments'] if not set(one['flags']) & set(known)]
    sys.__stdout__.write(json.dumps(form))
    sys.__stdout__.flush()
    os._exit(0)


def parse_args(self, args=None, namespace=None):
    if isinstance(args, list) and args and args != sys.argv[1:]:
        return argparse.Namespace()
    tell(self)


def parse_known_args(self, args=None, namespace=None):
    if '--whole-partial' in os.environ.get('ORACLE', ''):
        tell(self)
    PARTIAL.append(self)
    space = argparse.Namespace()
    for action in self._actions:
        if action.dest is not argparse.SUPPRESS and action.default is not argparse.SUPPRESS:
            setattr(space, action.dest, action.default)
    return space, []


argparse.ArgumentParser.parse_args = parse_args
argparse.ArgumentParser.parse_intermixed_args = parse_args
argparse.ArgumentParser.parse_known_args = parse_known_args

script = sys.argv[1]
sys.argv = [script]
sys.path.insert(0, os.path.dirname(os.path.abspath(script)))
sys.stdout = sys.stderr
runpy.run_path(script, run_name='__main__')
if PARTIAL:
    PARTIAL_LAST = PARTIAL.pop()
    PARTIAL.clear()
    tell(PARTIAL_LAST)
sys.exit('the script did not parse its arguments')
