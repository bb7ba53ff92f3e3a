"""Take DC SQUID curves: the response of every band's SQUIDs over a flux bias sweep.

Steps the flux bias of a bias group up, measures each band at each step, and publishes the curves as data, as a
plot per band, and the best bias. The flux bias is set to 0 at the end, also after an abort.
"""
import argparse
import math
import os
import random
import sys
import time

from _demo_files import data_folder, save_plot, write_npy
from _demo_publisher import Publisher

BAR_WIDTH = 20
REGISTER = 'AMCc.FpgaTopLevel.AppTop.AppCore.RtmCryoDet.RtmSpiMax.FluxBias[{}]'


def read_arguments():
    parser = argparse.ArgumentParser(
        description='Take DC SQUID curves: the response of each band over a flux bias sweep.')
    parser.add_argument('-b', '--bands', nargs='+', type=int, choices=range(8), default=[0, 1], metavar='BAND',
                        help='bands to take curves of, 0 to 7')
    parser.add_argument('--bias-group', type=int, choices=range(12), default=0, metavar='GROUP',
                        help='bias group whose flux bias is swept, 0 to 11')
    sweep = parser.add_argument_group('sweep', 'how the flux bias is stepped')
    sweep.add_argument('--bias-low', type=float, default=-0.6, help='first flux bias, in flux quanta')
    sweep.add_argument('--bias-high', type=float, default=0.6, help='last flux bias, in flux quanta')
    sweep.add_argument('--steps', type=int, default=60, help='number of steps')
    sweep.add_argument('--wait', type=float, default=0.05, help='time to settle after each step, in seconds')
    output = parser.add_argument_group('output')
    output.add_argument('--average', choices=['mean', 'median'], default='mean',
                        help='how the channels of a band are put together')
    output.add_argument('--no-plots', action='store_true', help='do not make plots')
    parser.add_argument('--seed', type=int, default=1, help='seed of the simulated SQUIDs')
    arguments = parser.parse_args()
    if arguments.steps < 2:
        parser.error('--steps has to be 2 or more')
    if arguments.bias_high <= arguments.bias_low:
        parser.error('--bias-high has to be greater than --bias-low')
    return arguments


def response(bias, band, generator):
    """Frequency shift in kHz: periodic in the flux, larger in higher bands."""
    shift = (40.0 + 4.0 * band) / (1.0 + 0.35 * math.cos(2.0 * math.pi * (bias - 0.03 * band)))
    return shift + generator.gauss(0.0, 0.15)


def show_progress(done, total, started):
    """A progress bar as tqdm draws it, on the error stream."""
    elapsed = time.monotonic() - started
    rate = done / elapsed if elapsed > 0 else 0.0
    left = (total - done) / rate if rate > 0 else 0.0
    bar = ('#' * (BAR_WIDTH * done // total)).ljust(BAR_WIDTH)
    clock = '{:02d}:{:02d}<{:02d}:{:02d}'.format(*(divmod(int(elapsed), 60) + divmod(int(left), 60)))
    sys.stderr.write('\rflux bias: {:3d}%|{}| {}/{} [{}, {:5.2f}it/s]'.format(
        100 * done // total, bar, done, total, clock, rate))
    if done == total:
        sys.stderr.write('\n')
    sys.stderr.flush()


def sweep(publisher, arguments, generator):
    """Steps through the flux bias; returns the biases, and the response of each band."""
    started = time.monotonic()
    span = arguments.bias_high - arguments.bias_low
    biases, curves = [], {band: [] for band in arguments.bands}
    for step in range(arguments.steps):
        bias = arguments.bias_low + span * step / (arguments.steps - 1)
        publisher.metadata(REGISTER.format(arguments.bias_group), round(bias, 5))
        time.sleep(arguments.wait)
        biases.append(bias)
        for band, curve in curves.items():
            curve.append(response(bias, band, generator))
        if step % 10 == 0 or step == arguments.steps - 1:
            publisher.session_data(progress=round((step + 1) / arguments.steps, 4))
        show_progress(step + 1, arguments.steps, started)
    return biases, curves


def main():
    arguments = read_arguments()
    generator = random.Random(arguments.seed)
    publisher = Publisher('take_dc_squid_curve')
    publisher.begin_action('take_dc_squid_curve')
    outputs, plots = data_folder(publisher)
    print('Taking DC SQUID curves of bands {}, bias group {}'.format(
        ' '.join(map(str, arguments.bands)), arguments.bias_group))
    publisher.session_log('Sweeping the flux bias of group {}'.format(arguments.bias_group))
    try:
        biases, curves = sweep(publisher, arguments, generator)
        name = '{}_dc_squid_curve'.format(publisher.action_timestamp)
        data = os.path.join(outputs, name + '.npy')
        write_npy(data, [biases] + [curves[band] for band in arguments.bands])
        publisher.register_file(data, 'dc_squid_curve', 'npy')
        publisher.session_data(datafile=data)
        best = {}
        for band in arguments.bands:
            curve = curves[band]
            steepest = max(range(1, len(curve)), key=lambda step: abs(curve[step] - curve[step - 1]))
            best[str(band)] = round(biases[steepest], 4)
            publisher.metadata('AMCc.FpgaTopLevel.AppTop.AppCore.SysgenCryo.Base[{}].fluxResponse'.format(band),
                               round(max(curve) - min(curve), 3))
            print('Band {}: best flux bias {:.4f}'.format(band, best[str(band)]))
            if not arguments.no_plots:
                plot = os.path.join(plots, '{}_band_{}.png'.format(name, band))
                save_plot(plot, 'Band {}, {}'.format(band, arguments.average), 'Flux bias', 'Shift (kHz)',
                          [list(zip(biases, curve))], size=(720, 480))
                publisher.register_file(plot, 'dc_squid_curve_plot', 'png', plot=True)
        publisher.session_data(best_flux_bias=best, bands=list(arguments.bands))
        publisher.session_log('take_dc_squid_curve finished')
    finally:
        publisher.metadata(REGISTER.format(arguments.bias_group), 0.0)
        print('Flux bias set to 0')


if __name__ == '__main__':
    main()
