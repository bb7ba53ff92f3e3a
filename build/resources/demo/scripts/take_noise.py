"""Take a noise timestream and publish its white-noise levels and spectrum."""
import argparse
import math
import os
import random
import time

from _demo_files import data_folder, save_plot, write_npy
from _demo_publisher import Publisher


def read_arguments():
    parser = argparse.ArgumentParser(description='Take a noise timestream and publish its white-noise levels.')
    parser.add_argument('--duration', type=float, default=2.0, help='length of the timestream, in seconds')
    parser.add_argument('--channels', type=int, default=64, help='number of channels to report')
    parser.add_argument('--tag', default='', help='text put into the name of the data file')
    parser.add_argument('--seed', type=int, default=1, help='seed of the simulated noise')
    return parser.parse_args()


def spectrum(level, generator):
    """(log10 of frequency in Hz, noise in pA/rtHz) with a 1/f knee near 1 Hz."""
    points = []
    for step in range(200):
        frequency = 10.0 ** (-1.5 + 3.5 * step / 199)
        noise = level * math.sqrt(1.0 + 1.0 / frequency) * generator.lognormvariate(0.0, 0.05)
        points.append((math.log10(frequency), noise))
    return points


def main():
    arguments = read_arguments()
    generator = random.Random(arguments.seed)
    publisher = Publisher('take_noise')
    publisher.begin_action('take_noise')
    outputs, plots = data_folder(publisher)
    print('Taking noise for {} s'.format(arguments.duration))
    publisher.session_log('Taking noise')
    time.sleep(arguments.duration)
    levels = [round(generator.lognormvariate(3.7, 0.25), 2) for _ in range(arguments.channels)]
    if len(levels) > 5:
        levels[5] = float('nan')
    good = [level for level in levels if not math.isnan(level)]
    median = sorted(good)[len(good) // 2] if good else float('nan')
    publisher.session_data(noise_pA_rtHz=levels, median_noise_pA_rtHz=median)
    curve = spectrum(median if good else 40.0, generator)
    name = '{}_noise{}'.format(publisher.action_timestamp, '_' + arguments.tag if arguments.tag else '')
    data = os.path.join(outputs, name)
    write_npy(data + '.npy', [list(point) for point in curve])
    # Registered without the extension, as np.save callers in the field do.
    publisher.register_file(data, 'noise_timestream', 'npy')
    plot = os.path.join(plots, name + '_spectrum.png')
    save_plot(plot, 'Noise of {}'.format(publisher.id), 'log10 frequency (Hz)', 'Noise (pA/rtHz)', [curve])
    publisher.register_file(plot, 'noise_plot', '', plot=True)
    print('Median white noise: {} pA/rtHz, plot {}'.format(median, plot))


if __name__ == '__main__':
    main()
