import { assertNever } from '../../../shared/assert-never';
import { classMember, comesFrom, foreignBase } from './definitions';
import type { Machine, Site } from './machine';
import { nativeMember } from './native-names';
import { boolean, none, text, type ClassValue, type Value } from './python-value';

/** Methods of parsers and groups. */
const parserMethods: ReadonlySet<string> = new Set(
  (
    'add_argument add_argument_group add_mutually_exclusive_group add_subparsers parse_args parse_known_args ' +
    'parse_intermixed_args parse_known_intermixed_args set_defaults error exit print_help print_usage format_help ' +
    'format_usage get_default register add_parser _add_action'
  ).split(' '),
);

/** `object.name`, as far as it can be known. */
export function attribute(machine: Machine, object: Value, name: string, site: Site): Value {
  return known(machine, object, name, site) ?? machine.unknown(site, originOf(object));
}

function originOf(object: Value): string | null {
  if (object.kind === 'unknown') return object.origin;
  if (object.kind === 'instance' || object.kind === 'class') {
    return foreignBase(object.kind === 'class' ? object : object.owner);
  }
  return object.kind === 'super' ? foreignBase(object.owner) : null;
}

function known(machine: Machine, object: Value, name: string, site: Site): Value | null {
  switch (object.kind) {
    case 'unknown':
      return parserMethods.has(name) ? { kind: 'native-method', name, self: object } : null;
    case 'native':
      if (name === '__init__' || name === 'fromkeys')
        return { kind: 'native', name: `${object.name}.${name}` };
      return nativeMember(object.name, name);
    case 'module':
      return object.scope.bindings.get(name) ?? machine.importModule(`${object.module.name}.${name}`);
    case 'instance':
      return object.attributes.get(name) ?? bound(machine, object.owner, name, object, site);
    case 'class':
      return ofClass(object, name);
    case 'member':
      if (name === 'value' || name === '_value_') return object.value;
      return name === 'name' ? text(object.name) : bound(machine, object.owner, name, object, site);
    case 'super':
      return ofSuper(machine, object, name, site);
    case 'parser': {
      const { parser } = object.container;
      const own = parser.attributes.get(name);
      if (own !== undefined) return own;
      const method = parser.owner === null ? null : bound(machine, parser.owner, name, object, site);
      if (method !== null) return method;
      if (name === 'prog') return text(parser.program);
      if (name === 'description') return parser.description;
      return parserMethods.has(name) ? { kind: 'native-method', name, self: object } : null;
    }
    case 'subparsers':
      return name === 'add_parser' ? { kind: 'native-method', name, self: object } : null;
    case 'action': {
      const { action } = object;
      if (name === 'dest') return text(action.dest);
      if (name === 'default') return action.defaultValue;
      if (name === 'choices' || name === 'help' || name === 'metavar') return action[name];
      if (name === 'required') return boolean(action.required);
      if (name !== 'option_strings') return null;
      return { kind: 'list', items: action.flags.map((flag) => text(flag)), region: null, isCertain: true };
    }
    case 'function':
      if (name === '__doc__') {
        const document = object.definition?.document ?? null;
        return document === null ? none : text(document);
      }
      return name === '__name__' ? text(object.name) : null;
    case 'path':
      return ofPath(object.value, name, object);
    case 'text':
    case 'list':
    case 'tuple':
    case 'set':
    case 'dict':
      return { kind: 'native-method', name, self: object };
    default:
      return null;
  }
}

function ofClass(owner: ClassValue, name: string): Value | null {
  if (name === '__name__') return text(owner.name);
  if (name === '__members__') {
    const entries = new Map(
      owner.members.map((member) => [`text ${member.name}`, [text(member.name), member] as const]),
    );
    return { kind: 'dict', entries, region: null, isCertain: true };
  }
  const found = classMember(owner, name);
  if (found?.kind === 'function')
    return found.decoration === 'class' ? { kind: 'method', function: found, self: owner } : found;
  if (found === null && name === '__init__' && comesFrom(owner, 'argparse.ArgumentParser')) {
    return { kind: 'native', name: 'argparse.ArgumentParser.__init__' };
  }
  return found;
}

/** A member of an object's class, bound to the object as Python does. */
function bound(machine: Machine, owner: ClassValue, name: string, self: Value, site: Site): Value | null {
  const found = classMember(owner, name);
  if (found?.kind !== 'function') return found;
  switch (found.decoration) {
    case 'static':
      return found;
    case 'class':
      return { kind: 'method', function: found, self: owner };
    case 'property':
      return machine.callFunction(found, self, { positional: [], keywords: new Map(), unknown: [] }, site);
    case null:
      return { kind: 'method', function: found, self };
    default:
      return assertNever(found.decoration);
  }
}

function ofSuper(
  machine: Machine,
  { owner, self }: Extract<Value, { kind: 'super' }>,
  name: string,
  site: Site,
): Value | null {
  for (const base of owner.bases) {
    const found = base.kind === 'class' ? bound(machine, base, name, self, site) : null;
    if (found !== null) return found;
  }
  if (self.kind === 'parser' && (name === '__init__' || parserMethods.has(name))) {
    return { kind: 'native-method', name, self };
  }
  if (name === '__init__' && comesFrom(owner, 'argparse.Action'))
    return { kind: 'native-method', name, self };
  return null;
}

function ofPath(path: string, name: string, self: Value): Value | null {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const dot = last.lastIndexOf('.');
  switch (name) {
    case 'name':
      return text(last);
    case 'stem':
      return text(dot > 0 ? last.slice(0, dot) : last);
    case 'suffix':
      return text(dot > 0 ? last.slice(dot) : '');
    case 'joinpath':
      return { kind: 'native-method', name, self };
    default:
      return null;
  }
}
