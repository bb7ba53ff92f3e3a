"""Check amplifiers, communication and temperatures of a slot; takes less than a second."""
import argparse
import random

from _demo_publisher import Publisher

GREEN, RED, PLAIN = '\x1b[32m', '\x1b[31m', '\x1b[0m'


def read_arguments():
    parser = argparse.ArgumentParser(description='Check amplifiers, communication and temperatures of a slot.')
    parser.add_argument('--max-temperature', type=float, default=60.0,
                        help='highest temperature that passes, in degrees Celsius')
    parser.add_argument('--no-colour', action='store_true', help='print without colours')
    parser.add_argument('--seed', type=int, default=1, help='seed of the simulated readings')
    return parser.parse_args()


def main():
    arguments = read_arguments()
    generator = random.Random(arguments.seed)
    publisher = Publisher('health_check')
    temperatures = [('FPGA', generator.uniform(48.0, 56.0)), ('AMC 0', generator.uniform(38.0, 44.0)),
                    ('AMC 2', generator.uniform(58.0, 64.0))]
    checks = [('Ethernet link', 'up', True), ('JESD lanes', 'locked', True),
              ('HEMT bias', '{:.2f} mA'.format(generator.uniform(7.0, 8.0)), True)]
    checks += [(name + ' temperature', '{:.1f} C'.format(value), value <= arguments.max_temperature)
               for name, value in temperatures]
    for name, value, good in checks:
        word = 'PASS' if good else 'FAIL'
        if not arguments.no_colour:
            word = (GREEN if good else RED) + word + PLAIN
        print('{}  {:<20}{}'.format(word, name, value))
    for name, value in temperatures:
        publisher.metadata('AMCc.Temperature.{}'.format(name.replace(' ', '')), round(value, 2))
    publisher.session_data(checks={name: good for name, _, good in checks})


if __name__ == '__main__':
    main()
