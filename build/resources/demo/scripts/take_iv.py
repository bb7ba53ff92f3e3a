"""Take current-voltage curves of the detectors of some bands.

Steps the detector bias down from high to low, records the response of every channel, and publishes the
results, the data file and a plot. The bias lines are set to 0 V at the end, also after an abort.
"""
import argparse
import os
import random
import sys
import time

from _demo_files import data_folder, save_plot, write_npy
from _demo_publisher import Publisher

CHANNELS_PER_BAND = 794
BAR_WIDTH = 24


def read_arguments():
    parser = argparse.ArgumentParser(description='Take current-voltage curves of the detectors of some bands.')
    parser.add_argument('--bands', nargs='+', type=int, choices=[0, 1, 2, 3, 4, 5, 6, 7], default=[0, 1],
                        help='bands to take curves of')
    parser.add_argument('--bias-high', type=float, default=18.0, help='first bias voltage, in volts')
    parser.add_argument('--bias-low', type=float, default=0.0, help='last bias voltage, in volts')
    parser.add_argument('--step', type=float, default=0.25, help='step between two bias voltages, in volts')
    parser.add_argument('--wait', type=float, default=0.065, help='time to settle after each step, in seconds')
    parser.add_argument('--no-plot', action='store_true', help='do not make the plot')
    parser.add_argument('--seed', type=int, default=1, help='seed of the simulated detectors')
    arguments = parser.parse_args()
    if arguments.step <= 0:
        parser.error('--step has to be greater than 0')
    if arguments.bias_high <= arguments.bias_low:
        parser.error('--bias-high has to be greater than --bias-low')
    return arguments


def detector_current(bias, knee):
    """Current in microamperes: superconducting below 2 V, constant power up to the knee, then normal."""
    normal = 1.6 * bias
    if bias >= knee:
        return normal
    transition = 1.6 * knee * knee / max(bias, 2.0)
    return transition if bias >= 2.0 else transition * bias / 2.0


def show_progress(done, total, started):
    elapsed = time.monotonic() - started
    rate = done / elapsed if elapsed > 0 else 0.0
    left = (total - done) / rate if rate > 0 else 0.0
    bar = ('#' * (BAR_WIDTH * done // total)).ljust(BAR_WIDTH)
    clock = '{:02d}:{:02d}<{:02d}:{:02d}'.format(*(divmod(int(elapsed), 60) + divmod(int(left), 60)))
    sys.stderr.write('\r{:3d}%|{}| {}/{} [{}, {:5.2f}it/s]'.format(100 * done // total, bar, done, total, clock, rate))
    if done == total:
        sys.stderr.write('\n')
    sys.stderr.flush()


def measure(publisher, arguments, knee, generator):
    """Steps through the bias voltages; returns (bias, current) pairs, from high to low."""
    total = int((arguments.bias_high - arguments.bias_low) / arguments.step + 1e-9) + 1
    started = time.monotonic()
    curve = []
    for number in range(total):
        bias = arguments.bias_high - number * arguments.step
        time.sleep(arguments.wait)
        curve.append((bias, detector_current(bias, knee) + generator.gauss(0.0, 0.05)))
        publisher.metadata('AMCc.FpgaTopLevel.AppTop.AppCore.RtmCryoDet.RtmSpiMax.TesBias', round(bias, 4))
        if number % 10 == 0 or number == total - 1:
            publisher.session_data(progress=round((number + 1) / total, 4))
        show_progress(number + 1, total, started)
    return curve


def publish_results(publisher, bands, generator):
    channels = [band * 512 + channel * 512 // CHANNELS_PER_BAND
                for band in bands for channel in range(CHANNELS_PER_BAND)]
    noise = [round(generator.lognormvariate(3.6, 0.3), 2) for _ in range(12)]
    noise[3] = noise[8] = float('nan')  # channels without a fit, as in real data
    publisher.session_data(active_channels=channels)
    publisher.session_data(median_q=round(generator.gauss(24000.0, 900.0), 1))
    publisher.session_data(noise_pA_rtHz=noise, df_up_Hz=float('inf'))


def main():
    arguments = read_arguments()
    generator = random.Random(arguments.seed)
    publisher = Publisher('take_iv')
    publisher.begin_action('take_iv')
    outputs, plots = data_folder(publisher)
    print('Taking IV curves of bands {}'.format(' '.join(map(str, arguments.bands))))
    publisher.session_log('Starting take_iv on bands {}'.format(arguments.bands))
    try:
        publisher.metadata('AMCc.FpgaTopLevel.AmcCarrierCore.AxiVersion.UpTimeCnt', 86400)
        publisher.metadata('AMCc.SmurfProcessor.ChannelMapper.Mask', list(range(16)))
        publisher.metadata('AMCc.SmurfProcessor.Filter.Disable', False)
        curves, done = [], []
        for band in arguments.bands:
            print('Band {}: bias {} V to {} V'.format(band, arguments.bias_high, arguments.bias_low))
            print('WARNING: band {}: 3 channels without a resonance are skipped'.format(band), file=sys.stderr)
            if band == arguments.bands[0]:
                curves.append(measure(publisher, arguments, 7.0 + 0.4 * band, generator))
            else:
                # The other bands are read out in the same sweep; only their curves differ.
                curves.append([(bias, detector_current(bias, 7.0 + 0.4 * band) + generator.gauss(0.0, 0.05))
                               for bias, _ in curves[0]])
            done.append(band)
            publisher.session_data(bands_done=list(done))
            publisher.session_log('Band {} done'.format(band))
        publish_results(publisher, arguments.bands, generator)
        name = '{}_iv'.format(publisher.action_timestamp)
        data = os.path.join(outputs, name + '.npy')
        write_npy(data, [[point[0]] + [curve[place][1] for curve in curves] for place, point in enumerate(curves[0])])
        publisher.register_file(data, 'iv', 'npy')
        publisher.session_data(datafile=data)
        print('Wrote {}'.format(data))
        if not arguments.no_plot:
            plot = os.path.join(plots, name + '_curve.png')
            save_plot(plot, 'IV curves of {}'.format(publisher.id), 'Bias (V)', 'Current (uA)', curves)
            publisher.register_file(plot, 'iv_plot', 'png', plot=True)
            print('Wrote {}'.format(plot))
        publisher.session_log('take_iv finished')
    finally:
        publisher.metadata('AMCc.FpgaTopLevel.AppTop.AppCore.RtmCryoDet.RtmSpiMax.TesBias', 0.0)
        print('bias lines set to 0 V')


if __name__ == '__main__':
    main()
