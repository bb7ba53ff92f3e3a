"""Take a noise timestream and publish its white-noise levels, its spectrum, and a plot per channel.

One channel is noisier than the others; its plot and its bar in the summary show it.
"""
import argparse
import math
import os
import random
import time

from _demo_files import data_folder, save_plot, write_npy, write_svg_bars
from _demo_publisher import Publisher


def read_arguments():
    parser = argparse.ArgumentParser(description='Take a noise timestream and publish its white-noise levels.')
    parser.add_argument('--duration', type=float, default=2.0, help='length of the timestream, in seconds')
    parser.add_argument('--channels', type=int, default=64, help='number of channels to report')
    parser.add_argument('--plots', type=int, default=12, help='number of channels that get a plot of their own')
    parser.add_argument('--noisy-channel', type=int, default=7, help='the channel that is noisier than the others')
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


def plot_channels(publisher, plots, name, levels, arguments, generator):
    """A small plot of a second of each of the first channels, registered one by one."""
    for channel, level in list(enumerate(levels))[:max(0, arguments.plots)]:
        noisy = channel == arguments.noisy_channel
        if math.isnan(level):
            continue
        points = [(step / 100.0, generator.gauss(0.0, level)) for step in range(101)]
        plot = os.path.join(plots, '{}_channel_{:03d}.png'.format(name, channel))
        title = 'Channel {}{}'.format(channel, ' noisy' if noisy else '')
        # One scale for all, and the second colour: the noisy one is seen among small pictures.
        curves = [[], points] if noisy else [points]
        save_plot(plot, title, 'Time (s)', 'Current (pA)', curves, size=(420, 280), y_range=(-800.0, 800.0))
        publisher.register_file(plot, 'noise_channel_plot', 'png', plot=True)


def write_summary(publisher, outputs, plots, name, levels, noisy):
    """The levels as an array, as text and as an SVG picture, and a file that is registered but not there."""
    levels_path = os.path.join(outputs, name + '_levels.npy')
    write_npy(levels_path, levels)
    publisher.register_file(levels_path, 'noise_levels', 'npy')
    bars = os.path.join(plots, name + '_levels.svg')
    write_svg_bars(bars, 'White noise of {}'.format(publisher.id), levels, [noisy])
    publisher.register_file(bars, 'noise_levels_plot', 'svg', plot=True)
    table = os.path.join(outputs, name + '_levels.txt')
    with open(table, 'w') as file:
        file.write('channel  noise_pA_rtHz\n')
        for channel, level in enumerate(levels):
            file.write('{:7d}  {:13.2f}{}\n'.format(channel, level, '  noisy' if channel == noisy else ''))
    publisher.register_file(table, 'noise_levels_table', 'txt')
    # Raw data that a script takes away again after it was registered, as happens in the field.
    publisher.register_file(os.path.join(outputs, name + '_raw.dat'), 'raw_timestream', 'dat')


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
    if 0 <= arguments.noisy_channel < len(levels):
        levels[arguments.noisy_channel] = round(6.0 * levels[arguments.noisy_channel], 2)
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
    # A picture whose name does not say so, and that is not registered as a plot.
    bare = os.path.join(plots, name + '_overview')
    curves = [spectrum(level, generator) for level in good[:4]]
    if curves:
        save_plot(bare, 'First channels', 'log10 frequency (Hz)', 'Noise (pA/rtHz)', curves, size=(600, 400))
        publisher.register_file(bare, 'noise_overview', '')
    plot_channels(publisher, plots, name, levels, arguments, generator)
    if levels:
        write_summary(publisher, outputs, plots, name, levels, arguments.noisy_channel)
    print('Median white noise: {} pA/rtHz, plot {}'.format(median, plot))


if __name__ == '__main__':
    main()
