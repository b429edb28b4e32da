"""The interoperability cases as Python's grpcio runs them: interop_client.py HOST:PORT DESCRIPTORS.

DESCRIPTORS is a file that holds the service's FileDescriptorSet; no code is generated. Reads the name of a case a line
and answers each with a line of JSON: {"passed": true} or {"passed": false, "error": "..."}.
"""

import json
import queue
import sys
import traceback

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

INITIAL = "x-grpc-test-echo-initial"
TRAILING = "x-grpc-test-echo-trailing-bin"
REQUEST_SIZES = [27182, 8, 1828, 45904]
RESPONSE_SIZES = [31415, 9, 2653, 58979]
SPECIAL_STATUS = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"


class Service:
    """A service's methods, made from its descriptor."""

    def __init__(self, channel, descriptor, factory):
        for method in descriptor.methods:
            kinds = {
                (False, False): channel.unary_unary,
                (False, True): channel.unary_stream,
                (True, False): channel.stream_unary,
                (True, True): channel.stream_stream,
            }
            call = kinds[method.client_streaming, method.server_streaming](
                f"/{descriptor.full_name}/{method.name}",
                request_serializer=lambda message: message.SerializeToString(),
                response_deserializer=factory.GetPrototype(method.output_type).FromString,
            )
            setattr(self, method.name, call)


class Requests:
    """A stream of requests that ends when it is told to."""

    def __init__(self):
        self._queue = queue.Queue()

    def send(self, message):
        self._queue.put(message)

    def close(self):
        self._queue.put(None)

    def __iter__(self):
        return self

    def __next__(self):
        message = self._queue.get()
        if message is None:
            raise StopIteration
        return message


class Cases:
    def __init__(self, address, descriptors):
        with open(descriptors, "rb") as file:
            files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
        pool = descriptor_pool.DescriptorPool()
        for file in files.file:
            pool.Add(file)
        self._pool = pool
        self._factory = message_factory.MessageFactory(pool)
        self._channel = grpc.insecure_channel(address)
        self._test = self._service("TestService")
        self._nobody = self._service("UnimplementedService")

    def _service(self, name):
        return Service(self._channel, self._pool.FindServiceByName(f"grpc.testing.{name}"), self._factory)

    def _make(self, name, **fields):
        message = self._pool.FindMessageTypeByName(f"grpc.testing.{name}")
        return self._factory.GetPrototype(message)(**fields)

    def _zeros(self, size):
        return self._make("Payload", body=bytes(size))

    def _large(self, **fields):
        return self._make("SimpleRequest", response_size=314159, payload=self._zeros(271828), **fields)

    def _duplex(self, size, *answers):
        parameters = [self._make("ResponseParameters", size=answer) for answer in answers]
        return self._make("StreamingOutputCallRequest", payload=self._zeros(size), response_parameters=parameters)

    def empty_unary(self):
        assert self._test.EmptyCall(self._make("Empty")) == self._make("Empty")

    def large_unary(self):
        assert self._test.UnaryCall(self._large()).payload.body == bytes(314159)

    def client_streaming(self):
        requests = (self._make("StreamingInputCallRequest", payload=self._zeros(size)) for size in REQUEST_SIZES)
        assert self._test.StreamingInputCall(requests).aggregated_payload_size == 74922

    def server_streaming(self):
        call = self._test.StreamingOutputCall(self._duplex(0, *RESPONSE_SIZES))
        assert [response.payload.body for response in call] == [bytes(size) for size in RESPONSE_SIZES]
        assert call.code() == grpc.StatusCode.OK

    def ping_pong(self):
        requests = Requests()
        call = self._test.FullDuplexCall(requests)
        for sent, received in zip(REQUEST_SIZES, RESPONSE_SIZES):
            requests.send(self._duplex(sent, received))
            assert next(call).payload.body == bytes(received)
        requests.close()
        assert list(call) == []
        assert call.code() == grpc.StatusCode.OK

    def empty_stream(self):
        call = self._test.FullDuplexCall(iter([]))
        assert list(call) == []
        assert call.code() == grpc.StatusCode.OK

    def custom_metadata(self):
        metadata = ((INITIAL, "test_initial_metadata_value"), (TRAILING, b"\xab\xab\xab"))
        response, unary = self._test.UnaryCall.with_call(self._large(), metadata=metadata)
        assert response.payload.body == bytes(314159)
        duplex = self._test.FullDuplexCall(iter([self._duplex(271828, 314159)]), metadata=metadata)
        assert [response.payload.body for response in duplex] == [bytes(314159)]
        for call in (unary, duplex):
            assert dict(call.initial_metadata())[INITIAL] == "test_initial_metadata_value"
            assert dict(call.trailing_metadata())[TRAILING] == b"\xab\xab\xab"

    def status_code_and_message(self):
        status = self._make("EchoStatus", code=2, message="test status message")
        asked = self._make("StreamingOutputCallRequest", response_status=status)
        self._expect_status(
            lambda: self._test.UnaryCall(self._make("SimpleRequest", response_status=status)),
            grpc.StatusCode.UNKNOWN, "test status message")
        self._expect_status(
            lambda: list(self._test.FullDuplexCall(iter([asked]))),
            grpc.StatusCode.UNKNOWN, "test status message")

    def special_status_message(self):
        status = self._make("EchoStatus", code=2, message=SPECIAL_STATUS)
        self._expect_status(
            lambda: self._test.UnaryCall(self._make("SimpleRequest", response_status=status)),
            grpc.StatusCode.UNKNOWN, SPECIAL_STATUS)

    def unimplemented_method(self):
        self._expect_status(
            lambda: self._test.UnimplementedCall(self._make("Empty")), grpc.StatusCode.UNIMPLEMENTED)

    def unimplemented_service(self):
        self._expect_status(
            lambda: self._nobody.UnimplementedCall(self._make("Empty")), grpc.StatusCode.UNIMPLEMENTED)

    def cancel_after_begin(self):
        requests = Requests()
        call = self._test.StreamingInputCall.future(requests)
        call.cancel()
        requests.close()
        assert call.cancelled()
        assert call.code() == grpc.StatusCode.CANCELLED

    def cancel_after_first_response(self):
        requests = Requests()
        call = self._test.FullDuplexCall(requests)
        requests.send(self._duplex(REQUEST_SIZES[0], RESPONSE_SIZES[0]))
        assert next(call).payload.body == bytes(RESPONSE_SIZES[0])
        call.cancel()
        requests.close()
        self._expect_status(lambda: next(call), grpc.StatusCode.CANCELLED)

    def timeout_on_sleeping_server(self):
        requests = Requests()
        requests.send(self._duplex(REQUEST_SIZES[0]))
        call = self._test.FullDuplexCall(requests, timeout=0.001)
        self._expect_status(lambda: next(call), grpc.StatusCode.DEADLINE_EXCEEDED)
        requests.close()

    def client_compressed_unary(self):
        gzip, plain = grpc.Compression.Gzip, grpc.Compression.NoCompression
        compressed = self._large(expect_compressed=self._make("BoolValue", value=True))
        uncompressed = self._large(expect_compressed=self._make("BoolValue", value=False))
        self._expect_status(
            lambda: self._test.UnaryCall(compressed, compression=plain), grpc.StatusCode.INVALID_ARGUMENT)
        assert self._test.UnaryCall(compressed, compression=gzip).payload.body == bytes(314159)
        assert self._test.UnaryCall(uncompressed, compression=plain).payload.body == bytes(314159)

    def two_values_of_one_binary_header(self):
        """Not one of the gRPC project's: shows a limit of the server."""
        self._expect_status(
            lambda: self._test.EmptyCall(self._make("Empty"), metadata=((TRAILING, b"123"), (TRAILING, b"4567"))),
            grpc.StatusCode.UNKNOWN)

    def empty_compressed_answer(self):
        """Not one of the gRPC project's: gzip of nothing is no bytes at the server."""
        asked = (("x-hashmatch-test-compress", "yes"),)
        assert self._test.EmptyCall(self._make("Empty"), metadata=asked) == self._make("Empty")

    @staticmethod
    def _expect_status(call, code, details=None):
        try:
            answer = call()
        except grpc.RpcError as error:
            assert error.code() == code, (error.code(), error.details())
            assert details is None or error.details() == details, error.details()
        else:
            raise AssertionError(f"{code} was expected, not an answer of {len(str(answer))} characters")


def main():
    cases = Cases(sys.argv[1], sys.argv[2])
    for line in sys.stdin:
        try:
            getattr(cases, line.strip())()
            answer = {"passed": True}
        except Exception:  # Whatever a case throws is its outcome.
            answer = {"passed": False, "error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


main()
