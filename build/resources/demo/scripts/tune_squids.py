"""Tune the SQUIDs: find resonances, set up tracking, and check it, band by band."""
import argparse
import random
import sys
import time

from _demo_publisher import Publisher

STAGES = ['Setting amplifier biases', 'Estimating phase delay', 'Finding resonances', 'Relocking tones',
          'Optimising flux ramp']


def read_arguments():
    parser = argparse.ArgumentParser(description='Tune the SQUIDs of some bands.')
    parser.add_argument('--bands', nargs='+', type=int, choices=[0, 1, 2, 3, 4, 5, 6, 7], default=[0, 1],
                        help='bands to tune')
    parser.add_argument('--stage-time', type=float, default=1.0, help='time that a stage takes, in seconds')
    parser.add_argument('--seed', type=int, default=1, help='seed of the simulated resonances')
    return parser.parse_args()


def main():
    arguments = read_arguments()
    generator = random.Random(arguments.seed)
    publisher = Publisher('tune_squids')
    publisher.begin_action('tune_squids')
    steps = len(arguments.bands) * len(STAGES)
    found = {}
    try:
        for place, band in enumerate(arguments.bands):
            for number, stage in enumerate(STAGES):
                print('[{}/{}] Band {}: {}'.format(place * len(STAGES) + number + 1, steps, band, stage))
                publisher.session_log('Band {}: {}'.format(band, stage))
                time.sleep(arguments.stage_time)
                publisher.session_data(stage=stage, progress=round((place * len(STAGES) + number + 1) / steps, 4))
            found[str(band)] = generator.randint(180, 240)
            if found[str(band)] < 200:
                print('WARNING: band {}: only {} resonances'.format(band, found[str(band)]), file=sys.stderr)
            publisher.metadata('AMCc.FpgaTopLevel.AppTop.AppCore.SysgenCryo.Base[{}].numberChannels'.format(band),
                               found[str(band)])
            publisher.session_data(resonances=dict(found))
        publisher.session_data(tune_ok=True)
        print('Tuned {} bands, {} resonances'.format(len(found), sum(found.values())))
    finally:
        print('Flux ramp left on, tones at their last power')


if __name__ == '__main__':
    main()
