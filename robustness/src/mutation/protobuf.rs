//! Changes to the fields of a Protocol Buffers message, at any depth, with lengths around them that fit.

use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::{change_bytes, extreme, text};

/// A field as it is stored.
#[derive(Debug, Clone)]
struct Field {
    number: u64,
    value: Value,
}

#[derive(Debug, Clone)]
enum Value {
    Varint(u64),
    Fixed64([u8; 8]),
    /// Text, numbers or data.
    Bytes(Vec<u8>),
    Message(Vec<Field>),
    Fixed32([u8; 4]),
}

/// How deep messages are looked into.
const DEPTH: usize = 12;

/// The message with one change; `None` if it is none.
pub fn change(bytes: &[u8], random: &mut ChaCha8Rng) -> Option<Vec<u8>> {
    let mut message = decode(bytes, DEPTH)?;
    let mut paths = vec![];
    list(&message, &mut vec![], &mut paths);
    let path = paths.choose(random)?;
    let other = find(&message, paths.choose(random)?).cloned()?;
    let (index, outer) = path.split_last()?;
    let fields = inside(&mut message, outer)?;
    match random.random_range(0..10) {
        0 => drop(fields.remove(*index)),
        1 => fields.insert(*index, fields[*index].clone()),
        2 => fields.insert(*index, other),
        3 => fields[*index].value = other.value,
        4 => {
            let last = fields.len() - 1;
            fields.swap(*index, last);
        }
        _ => change_value(&mut fields[*index].value, random),
    }
    Some(encode(&message))
}

fn change_value(value: &mut Value, random: &mut ChaCha8Rng) {
    match value {
        Value::Varint(number) => match random.random_range(0..4) {
            0 => *number = number.wrapping_add(1),
            1 => *number = number.wrapping_sub(1),
            _ => *number = extreme(random).cast_unsigned(),
        },
        Value::Fixed64(bytes) => *bytes = extreme(random).to_le_bytes(),
        Value::Fixed32(bytes) => *bytes = random.random(),
        Value::Bytes(bytes) if std::str::from_utf8(bytes).is_ok() && random.random() => {
            *bytes = text::change(bytes, random)
        }
        Value::Bytes(bytes) if random.random() => {
            // Data that is cut off, or longer than it should be.
            let length = bytes.len().saturating_add_signed([-3, -2, -1, 1, 2, 3][random.random_range(0..6)]);
            bytes.resize(length, 0);
        }
        Value::Bytes(bytes) => *bytes = change_bytes(std::mem::take(bytes), random),
        Value::Message(fields) if random.random() => fields.clear(),
        Value::Message(fields) => fields.extend(fields.clone()),
    }
}

fn list(fields: &[Field], path: &mut Vec<usize>, paths: &mut Vec<Vec<usize>>) {
    for (index, field) in fields.iter().enumerate() {
        path.push(index);
        paths.push(path.clone());
        if let Value::Message(fields) = &field.value {
            list(fields, path, paths);
        }
        path.pop();
    }
}

fn find<'a>(fields: &'a [Field], path: &[usize]) -> Option<&'a Field> {
    let (first, rest) = path.split_first()?;
    match (&fields.get(*first)?.value, rest) {
        (_, []) => fields.get(*first),
        (Value::Message(fields), rest) => find(fields, rest),
        _ => None,
    }
}

fn inside<'a>(fields: &'a mut Vec<Field>, path: &[usize]) -> Option<&'a mut Vec<Field>> {
    let Some((first, rest)) = path.split_first() else { return Some(fields) };
    match &mut fields.get_mut(*first)?.value {
        Value::Message(fields) => inside(fields, rest),
        _ => None,
    }
}

/// Data may look like a message; then it is changed like one.
fn decode(mut bytes: &[u8], depth: usize) -> Option<Vec<Field>> {
    let mut fields = vec![];
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let value = match key & 7 {
            0 => Value::Varint(varint(&mut bytes)?),
            1 => Value::Fixed64(take(&mut bytes, 8)?.try_into().ok()?),
            2 => {
                let length = varint(&mut bytes)?.try_into().ok()?;
                let data = take(&mut bytes, length)?;
                let message = (depth > 0 && !data.is_empty()).then(|| decode(data, depth - 1)).flatten();
                message.map_or_else(|| Value::Bytes(data.to_vec()), Value::Message)
            }
            5 => Value::Fixed32(take(&mut bytes, 4)?.try_into().ok()?),
            _ => return None,
        };
        fields.push(Field { number: key >> 3, value });
    }
    Some(fields)
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes, 1)?[0];
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn encode(fields: &[Field]) -> Vec<u8> {
    let mut bytes = vec![];
    for Field { number, value } in fields {
        let mut put = |wire_type, data: &[u8]| {
            put_varint(&mut bytes, number << 3 | wire_type);
            bytes.extend(data);
        };
        let mut with_length = |data: &[u8]| {
            let mut framed = vec![];
            put_varint(&mut framed, data.len() as u64);
            put(2, &[&framed, data].concat());
        };
        match value {
            Value::Bytes(data) => with_length(data),
            Value::Message(fields) => with_length(&encode(fields)),
            Value::Fixed64(data) => put(1, data),
            Value::Fixed32(data) => put(5, data),
            Value::Varint(number) => {
                let mut data = vec![];
                put_varint(&mut data, *number);
                put(0, &data);
            }
        }
    }
    bytes
}

fn put_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_decoded_is_encoded_as_it_was() {
        // Field 1: 300; field 2: a message with field 1: "ab"; field 3: text that is no message.
        let bytes = b"\x08\xac\x02\x12\x04\x0a\x02\x61\x62\x1a\x03xyz";
        let message = decode(bytes, DEPTH).unwrap();
        assert!(matches!(
            &message[..],
            [
                Field { number: 1, value: Value::Varint(300) },
                Field { number: 2, value: Value::Message(_) },
                Field { number: 3, value: Value::Bytes(_) }
            ]
        ));
        assert_eq!(encode(&message), bytes);
    }
}
