package bill

import "testing"

func TestNumbersAsTyped(t *testing.T) {
	for _, at := range []struct {
		text  string
		scale int
		want  int64
		err   error
	}{
		{"12.50", 2, 1250, nil}, {"12,5", 2, 1250, nil}, {" 1 200 ", 0, 1200, nil}, {"-3", 2, -300, nil}, {"\u22123", 2, -300, nil}, {"1.234", 3, 1234, nil},
		{"1.234", 2, 0, ErrTooFine}, {"1.500", 0, 0, ErrTooFine}, {"1.000", 2, 0, ErrTooFine}, {"", 2, 0, ErrNoNumber}, {"1.", 2, 0, ErrNoNumber}, {".5", 2, 0, ErrNoNumber}, {"1.2.3", 2, 0, ErrNoNumber},
		{"--1", 2, 0, ErrNoNumber}, {"1e9", 2, 0, ErrNoNumber}, {"0x10", 2, 0, ErrNoNumber}, {"١٢", 2, 0, ErrNoNumber}, {"99999999999999999999", 2, 0, ErrTooLarge}, {"10000000000.01", 2, 0, ErrTooLarge}, {"10000000000", 2, MaxPrice, nil},
		{"=1+1", 2, 0, ErrNoNumber}, {"NaN", 2, 0, ErrNoNumber},
	} {
		if got, err := ParseNumber(at.text, at.scale); got != at.want || err != at.err {
			t.Errorf("%q with %d is %d, %v", at.text, at.scale, got, err)
		}
	}
	for _, at := range []struct {
		number int64
		scale  int
		typed  string
		short  string
	}{{1250, 2, "12.50", "12.5"}, {-5, 2, "-0.05", "-0.05"}, {1200, 0, "1200", "1200"}, {2400, 2, "24.00", "24"}, {1, 3, "0.001", "0.001"}, {0, 2, "0.00", "0"}} {
		if Typed(at.number, at.scale) != at.typed || Short(at.number, at.scale) != at.short {
			t.Errorf("%d is %s, %s", at.number, Typed(at.number, at.scale), Short(at.number, at.scale))
		}
	}
	for code, want := range map[string]int{"EUR": 2, "JPY": 0, "KWD": 3, "CLF": 4} {
		if scale, known := Scale(code); !known || scale != want {
			t.Error(code, scale, known)
		}
	}
	if _, known := Scale("QQQ"); known {
		t.Error("QQQ is no currency")
	}
}
